# Completion of the zoo command for bash, and for zsh through bashcompinit. Made by 'zoo completion'.

# Splits the command line up to the cursor into _zoo_words, without quotes; bash itself would also split at colons and
# equal signs. _zoo_break is the length of the last word's part that bash keeps: up to its last colon or equal sign.
_zoo_split() {
    local line=$1 word='' quote='' char i started=0
    _zoo_words=() _zoo_break=0
    for ((i = 0; i < ${#line}; i++)); do
        char=${line:i:1}
        if [[ $quote ]]; then
            if [[ $char == "$quote" ]]; then quote=''; else word+=$char; fi
        elif [[ $char == "'" || $char == '"' ]]; then
            quote=$char started=1
        elif [[ $char == '\' ]]; then
            i=$((i + 1)) word+=${line:i:1} started=1
        elif [[ $char == ' ' || $char == $'\t' ]]; then
            if ((started)); then _zoo_words+=("$word"); fi
            word='' started=0 _zoo_break=0
        else
            word+=$char started=1
            if [[ ($char == : || $char == =) && $COMP_WORDBREAKS == *"$char"* ]]; then _zoo_break=${#word}; fi
        fi
    done
    _zoo_words+=("$word")
    _zoo_quote=$quote
}

# Offers files and folders that begin with $1, after $2, which stands before them in the same word.
_zoo_files() {
    local file start=$1 has_compopt=
    if type compopt >/dev/null 2>&1; then has_compopt=1; fi
    case $start in '~' | '~/'*) start=$HOME${start#\~} ;; esac
    while IFS= read -r file; do
        # Bash marks a folder itself, but for a path behind other text.
        if [[ -d $file && ($2 || ! $has_compopt) ]]; then file=$file/; fi
        COMPREPLY+=("$2$file")
    done < <(compgen -f -- "$start")
    if [[ $has_compopt ]]; then
        compopt -o filenames
        if [[ ${#COMPREPLY[@]} -eq 1 && -d $file ]]; then compopt -o nospace; fi
    fi
}

# The candidates of a kind, one a line.
_zoo_candidates() {
    case $1 in
        models) "${_zoo_words[0]/#\~/$HOME}" list --quiet "${_zoo_catalogs[@]}" 2>/dev/null ;;
@VALUES@
    esac
}

# Offers values of kind $1 that begin with $2.
_zoo_values() {
    local value kind
    # shellcheck disable=SC2086
    for kind in ${1//+/ }; do
        if [[ $kind == files ]]; then
            if ((${#COMPREPLY[@]} == 0)); then _zoo_files "$2" ''; fi
        elif [[ $kind == datasets && $2 == *:* ]]; then
            value=${2##*[:,]}
            _zoo_files "$value" "${2%"$value"}"
            if type compopt >/dev/null 2>&1; then compopt -o nospace; fi
        else
            while IFS= read -r value; do
                if [[ $value == "$2"* ]]; then COMPREPLY+=("$value"); fi
            done < <(_zoo_candidates "$kind")
        fi
    done
}

# What command $1 takes: options, OPTION:KIND where one takes a value, the kinds of its operands in order, and its
# sub-commands. The last kind of operand may be repeated.
_zoo_command() {
    _zoo_options=() _zoo_operands=() _zoo_subcommands=()
    case $1 in
@COMMANDS@
    esac
}

_zoo() {
    local -a _zoo_words _zoo_options _zoo_operands _zoo_subcommands _zoo_catalogs
    local _zoo_break _zoo_quote command='' cur word option kind='' operands=0 i
    COMPREPLY=()
    _zoo_split "${COMP_LINE:0:COMP_POINT}"
    cur=${_zoo_words[${#_zoo_words[@]} - 1]}
    _zoo_command ''
    for ((i = 1; i < ${#_zoo_words[@]} - 1; i++)); do
        word=${_zoo_words[i]}
        if [[ $kind ]]; then
            kind=''
            continue
        fi
        if [[ $word == -* && $word != - ]]; then
            for option in "${_zoo_options[@]}"; do
                if [[ $option == "$word":* ]]; then kind=${option#*:}; fi
            done
            if [[ $word == --catalog ]]; then _zoo_catalogs+=(--catalog "${_zoo_words[i + 1]}"); fi
        elif [[ " ${_zoo_subcommands[*]} " == *" $word "* ]]; then
            command=${command:+$command }$word
            _zoo_command "$command"
        else
            operands=$((operands + 1))
        fi
    done
    if [[ -z $kind && $cur == --*=* ]]; then
        for option in "${_zoo_options[@]}"; do
            if [[ $option == "${cur%%=*}":* ]]; then
                _zoo_values "${option#*:}" "${cur#*=}"
                COMPREPLY=("${COMPREPLY[@]/#/${cur%%=*}=}")
            fi
        done
    elif [[ $kind ]]; then
        _zoo_values "$kind" "$cur"
    elif [[ $cur == -* ]]; then
        for option in "${_zoo_options[@]}"; do
            if [[ $option == "$cur"* ]]; then COMPREPLY+=("${option%%:*}"); fi
        done
    else
        for word in "${_zoo_subcommands[@]}"; do
            if [[ $word == "$cur"* ]]; then COMPREPLY+=("$word"); fi
        done
        if ((${#_zoo_operands[@]})); then
            if ((operands >= ${#_zoo_operands[@]})); then operands=$((${#_zoo_operands[@]} - 1)); fi
            if [[ ${_zoo_operands[operands]} != once ]]; then _zoo_values "${_zoo_operands[operands]}" "$cur"; fi
        fi
    fi
    _zoo_quoted
}

# Leaves out what bash keeps of the word, and quotes what would be split. For files, bash quotes.
_zoo_quoted() {
    local i files=0
    if type compopt >/dev/null 2>&1 && [[ $(compopt) == *'-o filenames'* ]]; then files=1; fi
    for ((i = 0; i < ${#COMPREPLY[@]}; i++)); do
        COMPREPLY[i]=${COMPREPLY[i]:_zoo_break}
        if ((!files)) && [[ -z $_zoo_quote ]]; then printf -v "COMPREPLY[$i]" %q "${COMPREPLY[i]}"; fi
    done
}

complete -F _zoo zoo
