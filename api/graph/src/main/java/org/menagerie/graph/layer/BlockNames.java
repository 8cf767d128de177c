package org.menagerie.graph.layer;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where a Transformer's block keeps its parameters: the names and layouts of a published implementation.
 *
 * @param packing how queries, keys and values are projected
 * @param attention begins the names of the projections of self-attention
 * @param attentionOut the layer after self-attention's heads
 * @param cross begins the names of cross-attention; null if the layout knows none
 * @param crossOut the layer after cross-attention's heads
 * @param first the layer that widens
 * @param second the layer that narrows
 * @param norms layer normalisations in their order: self-attention's, cross-attention's if there is one, the last
 */
public record BlockNames(
        Packing packing,
        String attention,
        String attentionOut,
        @Nullable String cross,
        @Nullable String crossOut,
        String first,
        String second,
        List<String> norms) {
    /** How the projections to queries, keys and values are stored. */
    public enum Packing {
        /** In one matrix {@code in_proj_weight [3*width, width]}, below each other. */
        ROWS,
        /** As layers {@code query}, {@code key} and {@code value}. */
        SEPARATE,
        /** In one matrix {@code [width, 3*width]}, beside each other; all weights of the block are {@code [in, out]}. */
        COLUMNS
    }

    /** PyTorch's {@code nn.TransformerEncoderLayer} and {@code nn.TransformerDecoderLayer}. */
    public static final BlockNames TORCH = new BlockNames(
            Packing.ROWS,
            "self_attn",
            "self_attn.out_proj",
            "multihead_attn",
            "multihead_attn.out_proj",
            "linear1",
            "linear2",
            List.of("norm1", "norm2", "norm3"));

    /** Hugging Face's BERT. */
    public static final BlockNames BERT = new BlockNames(
            Packing.SEPARATE,
            "attention.self",
            "attention.output.dense",
            null,
            null,
            "intermediate.dense",
            "output.dense",
            List.of("attention.output.LayerNorm", "output.LayerNorm"));

    /** Hugging Face's GPT-2, whose weights are {@code [in, out]}. */
    public static final BlockNames GPT2 = new BlockNames(
            Packing.COLUMNS,
            "attn.c_attn",
            "attn.c_proj",
            null,
            null,
            "mlp.c_fc",
            "mlp.c_proj",
            List.of("ln_1", "ln_2"));

    public BlockNames {
        norms = List.copyOf(norms);
    }
}
