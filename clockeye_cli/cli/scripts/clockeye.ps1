# clockeye: completion for PowerShell, made by `clockeye completion powershell`; what is changed here is lost with the
# next. PowerShell puts on the line what it is given as it is; so each word stands in single quotes where it has a
# blank or an @, and no word has a quote. Nothing is evaluated.

$global:ClockeyeOffers = [System.Collections.Generic.Dictionary[string, string[]]]::new() # by place; -p is not -P
@TABLE@

Register-ArgumentCompleter -Native -CommandName clockeye -ScriptBlock {
    param($wordToComplete, $commandAst, $cursorPosition)

    # From the words before the cursor: the command, its arguments so far, the profile, an option without its value.
    $table = $global:ClockeyeOffers
    $current = "$wordToComplete".Trim("'", '"')
    $place = ''; $wants = ''; $plain = $false; $profileName = ''; $arguments = @()
    $before = @($commandAst.CommandElements | Select-Object -Skip 1 | Where-Object { $_.Extent.EndOffset -lt $cursorPosition })
    foreach ($element in $before) {
        $word = $element.Extent.Text.Trim("'", '"')
        $isPick = $wants -cin '-p', '--project' -and $word.StartsWith('-')
        if ($wants -and -not $isPick) {
            if ($wants -cin '-P', '--profile') { $profileName = $word }
            $wants = ''
            continue
        }
        $wants = ''
        if ($plain -or $word -eq '-' -or -not $word.StartsWith('-')) {
            if ($arguments.Count -eq 0 -and $table.ContainsKey("$place $word".Trim())) { $place = "$place $word".Trim() }
            else { $arguments += $word }
        }
        elseif ($word -eq '--') { $plain = $true }
        elseif ($word.StartsWith('--profile=')) { $profileName = $word.Substring('--profile='.Length) }
        elseif ($word -cmatch '^-P.') { $profileName = $word.Substring(2) }
        elseif ($table.ContainsKey("$place $word") -or $table.ContainsKey($word)) { $wants = $word }
    }

    $offers = @(); $stem = ''; $option = $wants
    if (-not $plain -and $current -match '^--[^=]*=') {
        $option = $current.Split('=')[0]
        $stem = "$option="
    }
    elseif (-not $plain -and $current.StartsWith('-') -and $wants -cin '', '-p', '--project') {
        $option = ''
        $offers = $table[$place] + $table[':all']
    }
    elseif (-not $wants) {
        if ($arguments.Count -eq 0) { $offers = $table[$place] }
        $number = "${place}:$($arguments.Count + 1)"
        if ($table.ContainsKey($number)) { $offers += $table[$number] }
        elseif ($table.ContainsKey("${place}:+")) { $offers += $table["${place}:+"] }
    }
    if ($option) {
        $arguments = @()
        if ($table.ContainsKey("$place $option")) { $offers = $table["$place $option"] }
        elseif ($table.ContainsKey($option)) { $offers = $table[$option] }
    }

    foreach ($offer in $offers) {
        if ($offer -ceq '@files' -or $offer -ceq '@list') { continue } # PowerShell offers files by itself
        if ($offer.StartsWith('@')) {
            $lines = @(& clockeye complete "--profile=$profileName" $offer.Substring(1) @arguments 2>$null)
        }
        else { $lines = @($offer) }
        foreach ($line in $lines) {
            $word, $about = $line.Split([char[]]':', 2)
            $isHidden = $word.StartsWith('-') -and ($plain -or -not $current.StartsWith('-'))
            if ($isHidden -or -not "$stem$word".StartsWith($current, [StringComparison]::OrdinalIgnoreCase)) { continue }
            $text = if ($word -match '[ @]') { "$stem'$word'" } else { "$stem$word" }
            $shown = if ($about) { $about } else { $word }
            [System.Management.Automation.CompletionResult]::new($text, $word, 'ParameterValue', $shown)
        }
    }
}
