package org.menagerie.hostile;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Base64;
import java.util.List;

/** Small tokenizers of each kind with most of the components that there are, to be damaged. */
final class SeedTokenizers {
    private static final String TOKEN =
            "{'id': %d, 'content': '%s', 'single_word': false, 'lstrip': false, 'rstrip': false, 'normalized': %s, 'special': true}";

    private static final String TEMPLATE = "{'type': 'TemplateProcessing', 'single': [{'SpecialToken': {'id': '<s>',"
            + " 'type_id': 0}}, {'Sequence': {'id': 'A', 'type_id': 0}}], 'pair': [{'Sequence': {'id': 'A', 'type_id': 0}},"
            + " {'Sequence': {'id': 'B', 'type_id': 1}}], 'special_tokens': {'<s>': {'id': '<s>', 'ids': [1], 'tokens':"
            + " ['<s>']}}}";

    private SeedTokenizers() {}

    static List<ObjectNode> all() throws JsonProcessingException {
        return List.of(
                tokenizer(
                        "{'type': 'BertNormalizer', 'clean_text': true, 'handle_chinese_chars': true, 'strip_accents': null,"
                                + " 'lowercase': true}",
                        "{'type': 'BertPreTokenizer'}",
                        "{'type': 'BertProcessing', 'sep': ['<s>', 1], 'cls': ['<s>', 1]}",
                        "{'type': 'WordPiece', 'unk_token': '<unk>', 'continuing_subword_prefix': '##',"
                                + " 'max_input_chars_per_word': 100, 'vocab': {'<unk>': 0, '<s>': 1, 'the': 2, 'quick': 3,"
                                + " 'a': 4, '##b': 5, '.': 6}}"),
                tokenizer(
                        "{'type': 'Sequence', 'normalizers': [{'type': 'NFC'}, {'type': 'Replace', 'pattern': {'Regex':"
                                + " ' {2,}'}, 'content': ' '}, {'type': 'Strip', 'strip_left': true, 'strip_right': true}]}",
                        "{'type': 'Sequence', 'pretokenizers': [{'type': 'Split', 'pattern': {'Regex': '[a-z]+|\\\\s+(?!\\\\S)"
                                + "|\\\\s+'}, 'behavior': 'Isolated', 'invert': false}, {'type': 'Digits',"
                                + " 'individual_digits': true}, {'type': 'ByteLevel', 'add_prefix_space': true,"
                                + " 'trim_offsets': true, 'use_regex': true}]}",
                        "{'type': 'RobertaProcessing', 'sep': ['<s>', 1], 'cls': ['<s>', 1], 'trim_offsets': true,"
                                + " 'add_prefix_space': true}",
                        "{'type': 'BPE', 'dropout': null, 'unk_token': '<unk>', 'continuing_subword_prefix': '',"
                                + " 'end_of_word_suffix': '', 'fuse_unk': false, 'byte_fallback': false, 'ignore_merges':"
                                + " false, 'vocab': {'<unk>': 0, '<s>': 1, 'a': 2, 'b': 3, 'ab': 4, 't': 5, 'h': 6, 'e': 7,"
                                + " 'th': 8, 'the': 9}, 'merges': ['a b', 't h', 'th e']}"),
                tokenizer(
                        "{'type': 'Sequence', 'normalizers': [{'type': 'Precompiled', 'precompiled_charsmap': '"
                                + charsmap()
                                + "'}, {'type': 'Prepend', 'prepend': '▁'}, {'type': 'Replace', 'pattern': {'String': ' '},"
                                + " 'content': '▁'}, {'type': 'NFKD'}, {'type': 'StripAccents'}, {'type': 'Lowercase'}]}",
                        "{'type': 'Metaspace', 'replacement': '▁', 'prepend_scheme': 'always', 'split': true}",
                        TEMPLATE,
                        "{'type': 'Unigram', 'unk_id': 0, 'byte_fallback': false, 'vocab': [['<unk>', 0.0], ['<s>', 0.0],"
                                + " ['▁', -2.0], ['▁the', -3.5], ['a', -4.0], ['b', -5.25], ['é', -6.0]]}"),
                tokenizer(
                        "{'type': 'Nmt'}",
                        "{'type': 'Sequence', 'pretokenizers': [{'type': 'Whitespace'}, {'type': 'Punctuation', 'behavior':"
                                + " 'Isolated'}, {'type': 'CharDelimiterSplit', 'delimiter': '-'}, {'type': 'UnicodeScripts'},"
                                + " {'type': 'FixedLength', 'length': 3}]}",
                        "{'type': 'Sequence', 'processors': [{'type': 'ByteLevel', 'add_prefix_space': true, 'trim_offsets':"
                                + " false, 'use_regex': true}, " + TEMPLATE + "]}",
                        "{'type': 'WordLevel', 'unk_token': '<unk>', 'vocab': {'<unk>': 0, '<s>': 1, 'the': 2, 'qui': 3}}"));
    }

    private static ObjectNode tokenizer(String normalizer, String preTokenizer, String postProcessor, String model)
            throws JsonProcessingException {
        String text = ("{'version': '1.0', 'truncation': {'direction': 'Right', 'max_length': 8, 'strategy':"
                        + " 'LongestFirst', 'stride': 0}, 'padding': {'strategy': 'BatchLongest', 'direction': 'Right',"
                        + " 'pad_to_multiple_of': 8, 'pad_id': 0, 'pad_type_id': 0, 'pad_token': '<unk>'}, 'added_tokens': ["
                        + TOKEN.formatted(0, "<unk>", false) + ", " + TOKEN.formatted(1, "<s>", true)
                        + "], 'normalizer': " + normalizer + ", 'pre_tokenizer': " + preTokenizer
                        + ", 'post_processor': " + postProcessor + ", 'decoder': {'type': 'WordPiece', 'prefix': '##',"
                        + " 'cleanup': true}, 'model': " + model + "}")
                .replace('\'', '"');
        return (ObjectNode) new ObjectMapper().readTree(text);
    }

    /** SentencePiece's double-array trie of one entry, A to a: the root, the letter's unit, and its leaf. */
    private static String charsmap() {
        ByteBuffer map = ByteBuffer.allocate(4 + 4 * 512 + 2).order(ByteOrder.LITTLE_ENDIAN);
        map.putInt(4 * 512);
        map.putInt(4, 256 << 10);
        map.putInt(4 + 4 * (256 ^ 'A'), (256 ^ 'A' ^ 384) << 10 | 1 << 8 | 'A');
        map.putInt(4 + 4 * 384, 0x80000000);
        map.put(4 + 4 * 512, (byte) 'a');
        return Base64.getEncoder().encodeToString(map.array());
    }
}
