# clockeye: completion for fish, made by `clockeye completion fish`; what is changed here is lost with the next.
#
# fish quotes what it puts on the line, and shows what stands beside it as it is. Nothing is evaluated.

function __clockeye_offers --no-scope-shadowing # adds to `offers` what may stand at a place; fails if there is no such place
    switch "$argv[1]"
@TABLE@
        case '*'
            return 1
    end
    return 0
end

function __clockeye_complete
    # From the words before the cursor: the command, its arguments so far, the profile, an option without its value.
    set -l words (commandline -opc)
    set -l current (commandline -ct)
    set -l place ''
    set -l wants ''
    set -l plain ''
    set -l profile ''
    set -l arguments
    set -l offers
    set -e words[1]
    for word in $words
        if test -n "$wants"; and not string match -qr -- '^(-p|--project):-' "$wants:$word"
            contains -- $wants -P --profile; and set profile $word
            set wants ''
            continue
        end
        set wants ''
        if test -n "$plain"; or not string match -qr -- '^-.' "$word"
            if test (count $arguments) -eq 0; and __clockeye_offers (string trim -- "$place $word")
                set place (string trim -- "$place $word")
            else
                set -a arguments $word
            end
        else if test "$word" = --
            set plain yes
        else if string match -qr -- '^(--profile=|-P.)' "$word"
            set profile (string replace -r -- '^(--profile=|-P)' '' "$word")
        else if __clockeye_offers "$place $word"; or __clockeye_offers "$word"
            set wants $word
        end
    end

    set offers
    set -l stem ''
    set -l option "$wants"
    if test -z "$plain"; and string match -qr -- '^--[^=]*=' "$current"
        set option (string replace -r -- '=.*' '' "$current")
        set stem "$option="
    else if test -z "$plain"; and string match -q -- '-*' "$current"; and contains -- "$wants" '' -p --project
        set option ''
        __clockeye_offers "$place"
        __clockeye_offers :all
    else if test -z "$wants"
        set -l number (math (count $arguments) + 1)
        test $number -eq 1; and __clockeye_offers "$place"
        __clockeye_offers "$place:$number"; or __clockeye_offers "$place:+"
    end
    if test -n "$option"
        set arguments
        __clockeye_offers "$place $option"; or __clockeye_offers "$option"
    end

    set -l named # what a list has already
    set -l value (string sub -s (math (string length -- "$stem") + 1) -- "$current")
    for offer in $offers
        switch "$offer"
            case @files
                printf '%s\n' $stem(__fish_complete_path "$value")
            case @list
                set named (string split -- , "$value")[1..-2]
                set stem $stem(string replace -r -- '[^,]*$' '' "$value")
            case '@*'
                for line in (command clockeye complete "--profile=$profile" (string sub -s 2 -- $offer) $arguments </dev/null 2>/dev/null)
                    printf '%s\n' $stem(string replace ':' \t -- $line)
                end
            case '-*'
                test -z "$plain"; and string match -q -- '-*' "$current"; and string replace ':' \t -- $offer
            case '*'
                contains -- $offer $named; or printf '%s\n' $stem(string replace ':' \t -- $offer)
        end
    end
end

complete -c clockeye -k -f -a '(__clockeye_complete)'
