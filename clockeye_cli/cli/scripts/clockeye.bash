# clockeye: completion for bash, made by `clockeye completion bash`; what is changed here is lost with the next.
#
# Bash puts on the line what a function offers as it is; so each word goes through `printf %q`, unless a quote is
# open. Nothing is evaluated.

_clockeye_offers() { # adds to `offers` what may stand at a place; fails if there is no such place
    case $1 in
@TABLE@
        *) return 1 ;;
    esac
}

_clockeye() {
    local IFS=$' \t\n' line=${COMP_LINE:0:COMP_POINT} words=() count=0 piece
    # Readline cuts words at = and @ too. Here they are whole again.
    for piece in "${COMP_WORDS[@]:0:COMP_CWORD+1}"; do
        if [[ $count -eq 0 || $line == [[:blank:]]* ]]; then
            line=${line#"${line%%[![:blank:]]*}"}
            words[count++]=
        fi
        [[ $line == "$piece"* ]] || piece=$line # the cursor is in it
        words[count-1]+=$piece
        line=${line#"$piece"}
    done

    # From the words before the cursor: the command, its arguments so far, the profile, an option without its value.
    local current=${words[count-1]} place= wants= plain= profile= arguments=() number=0 offers=() word
    for word in "${words[@]:1:count-2}"; do
        case $wants:$word in
            :* | -p:-* | --project:-*) wants= ;;
            *)
                [[ $wants == -P || $wants == --profile ]] && profile=$word
                wants=
                continue
                ;;
        esac
        if [[ $plain || $word != -?* ]]; then
            if [[ $number -eq 0 ]] && _clockeye_offers "${place:+$place }$word"; then
                place=${place:+$place }$word
            else
                arguments[number++]=${word//[\\\"\']/}
            fi
        else
            case $word in
                --) plain=yes ;;
                --profile=*) profile=${word#*=} ;;
                -P?*) profile=${word#-P} ;;
                *) { _clockeye_offers "$place $word" || _clockeye_offers "$word"; } && wants=$word ;;
            esac
        fi
    done

    offers=()
    local stem= option=$wants
    if [[ ! $plain && $current == --*=* ]]; then
        option=${current%%=*}
        stem=$option=
    elif [[ ! $plain && $current == -* && ($wants == "" || $wants == -p || $wants == --project) ]]; then
        option=
        _clockeye_offers "$place"
        _clockeye_offers :all
    elif [[ ! $wants ]]; then
        [[ $number -gt 0 ]] || _clockeye_offers "$place"
        _clockeye_offers "$place:$((number + 1))" || _clockeye_offers "$place:+"
    fi
    if [[ $option ]]; then
        arguments=()
        _clockeye_offers "$place $option" || _clockeye_offers "$option"
    fi

    local value=${current#"$stem"} quote= named= found=()
    [[ $value == [\"\']* ]] && quote=${value:0:1}
    for word in "${offers[@]}"; do
        case $word in
            @files) compopt -o default 2>/dev/null ;; # readline's own, for want of anything of ours
            @list)
                compopt -o nospace 2>/dev/null
                [[ $value == *,* ]] && stem+=${value%,*}, named=,${value%,*},
                ;;
            @*)
                while IFS= read -r line; do
                    found+=("${line%%:*}")
                done < <(command clockeye complete "--profile=$profile" "${word#@}" "${arguments[@]}" </dev/null 2>/dev/null)
                ;;
            -*) [[ $current == -* && ! $plain ]] && found+=("$word") ;;
            *) [[ $named == *",$word,"* ]] || found+=("$word") ;;
        esac
    done

    COMPREPLY=() # what takes the place of $2, which is the end of the current word
    for word in "${found[@]}"; do
        [[ $quote ]] || printf -v word %q "$word"
        word=$stem$quote$word
        [[ $word == "$current"* ]] && COMPREPLY+=("${word:${#current}-${#2}}")
    done
}

complete -o nosort -F _clockeye clockeye 2>/dev/null || complete -F _clockeye clockeye
