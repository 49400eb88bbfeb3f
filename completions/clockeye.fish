# clockeye: completion for fish, made by `clockeye completion fish`; what is changed here is lost with the next.
#
# fish quotes what it puts on the line, and shows what stands beside it as it is. Nothing is evaluated.

function __clockeye_offers --no-scope-shadowing # adds to `offers` what may stand at a place; fails if there is no such place
    switch "$argv[1]"
        case ''
            set -a offers 'start:Start a timer, stopping the running one.' 'stop:Stop the timer and store it as an entry.' 'status:Show the running timer.' 'cancel:Discard the running timer without storing an entry.' 'resume:Start a timer for the work of an earlier entry.' 'add:Store a finished entry.' 'edit:Change entries, or the running timer.' 'split:Split an entry in two.' 'delete:Delete entries.' 'undo:Undo the last command that changed something.' 'redo:Redo what was undone last.' 'history:List the changes made by commands, the latest first.' 'log:List the entries of a period, day by day.' 'report:Sum up a period: a timesheet, or grouped as you choose.' 'gaps:List untracked time within your working hours.' 'export:Export entries, also as a calendar, klog or timeclock.' 'check:Report a forgotten timer, for cron and scripts.' 'watch:Watch the timer and the day, with keys to stop and switch.' 'auth:Log in to a ClockEye account, log out, and check the key.' 'sync:Exchange everything with the account now.' 'users:List the users of the account.' 'screenshots:List or download screenshots, or make a contact sheet.' 'api:Send a raw request to the account\'s API.' 'projects:List, add, edit, rename, archive, merge and delete projects.' 'clients:List, edit, rename and archive clients.' 'invoices:List, add and remove invoices.' 'tags:List and rename tags.' 'profiles:List the profiles, add one, and choose the default.' 'config:Show and change the settings.' 'import:Import the times of another tracker.' 'imports:List the imports, and undo one.' 'backup:Copy all of your data to one file.' 'restore:Replace your data with a backup.' 'doctor:Check for problems, and repair damaged data.' 'serve:Serve ClockEye\'s API on this computer.' 'help:Explain a command or a topic.' 'man:Show the manual page of a command.' 'prompt:Print the running timer for a shell prompt.' 'completion:Print or install the completion script for a shell.' 'schema:Describe the commands as JSON.' 'skill:Print or install a skill file for agents.' 'mcp:Offer the commands as tools of the Model Context Protocol.' '@aliases'
        case ':all'
            set -a offers '--profile:Use this profile.' '-P:Use this profile.' '--output:The output format: table, tsv, csv, json, ndjson, markdown, html, pdf, xlsx.' '-o:The output format: table, tsv, csv, json, ndjson, markdown, html, pdf, xlsx.' '--json:The same as -o json.' '--quiet:Print no success messages and no notices.' '-q:Print no success messages and no notices.' '--no-input:Never ask questions.' '--color:Colours: auto, always or never.' '--debug:Show the traceback of an error.' '--version:Print the version.' '--help:Show the help.'
        case '--profile'
            set -a offers '@profiles'
        case '-P'
            set -a offers '@profiles'
        case '--output'
            set -a offers 'table' 'tsv' 'csv' 'json' 'ndjson' 'markdown' 'html' 'pdf' 'xlsx'
        case '-o'
            set -a offers 'table' 'tsv' 'csv' 'json' 'ndjson' 'markdown' 'html' 'pdf' 'xlsx'
        case '--color'
            set -a offers 'auto' 'always' 'never'
        case 'start'
            set -a offers '--project:A name, its beginning, or an id; none for no project; without a value, pick from a list.' '-p:A name, its beginning, or an id; none for no project; without a value, pick from a list.' '--tag:Append #TAG to the description; repeatable.' '-t:Append #TAG to the description; repeatable.' '--at:A time other than now: 9:15, 10m ago, last, yesterday 17:30.' '--billable:Billable or not.' '--no-billable:Billable or not.' '--if-idle:Do nothing if a timer is running.' '--overlap:Allow overlaps with other entries.' '--dry-run:Check everything and show the result, but store and send nothing.'
        case 'start:+'
            set -a offers '@descriptions'
        case 'start --project'
            set -a offers 'none' '@projects'
        case 'start -p'
            set -a offers 'none' '@projects'
        case 'start --tag'
            set -a offers '@tags'
        case 'start -t'
            set -a offers '@tags'
        case 'start --at'
            set -a offers 'now' 'last' 'noon' 'midnight'
        case 'stop'
            set -a offers '--at:A time other than now: 9:15, 10m ago, last, yesterday 17:30.' '--description:Replace the description; tags at its end are kept.' '-d:Replace the description; tags at its end are kept.' '--project:A name, its beginning, or an id; none for no project; without a value, pick from a list.' '-p:A name, its beginning, or an id; none for no project; without a value, pick from a list.' '--tag:Append #TAG to the description; repeatable.' '-t:Append #TAG to the description; repeatable.' '--untag:Remove this tag, or all; repeatable.' '--if-running:Do not fail if no timer is running.' '--dry-run:Check everything and show the result, but store and send nothing.'
        case 'stop --at'
            set -a offers 'now' 'last' 'noon' 'midnight'
        case 'stop --description'
            set -a offers '@descriptions'
        case 'stop -d'
            set -a offers '@descriptions'
        case 'stop --project'
            set -a offers 'none' '@projects'
        case 'stop -p'
            set -a offers 'none' '@projects'
        case 'stop --tag'
            set -a offers '@tags'
        case 'stop -t'
            set -a offers '@tags'
        case 'stop --untag'
            set -a offers 'all' '@tags'
        case 'status'
            set -a offers '--format:A template with {project}, {description}, {work}, {elapsed}, {today} or {attention}; or waybar or tmux.'
        case 'status --format'
            set -a offers 'waybar' 'tmux'
        case 'cancel'
            set -a offers '--yes:Answer yes to all questions.' '-y:Answer yes to all questions.' '--dry-run:Check everything and show the result, but store and send nothing.'
        case 'resume'
            set -a offers '--project:A name, its beginning, or an id; none for no project; without a value, pick from a list.' '-p:A name, its beginning, or an id; none for no project; without a value, pick from a list.' '--tag:Append #TAG to the description; repeatable.' '-t:Append #TAG to the description; repeatable.' '--untag:Remove this tag, or all; repeatable.' '--at:A time other than now: 9:15, 10m ago, last, yesterday 17:30.' '--overlap:Allow overlaps with other entries.' '--dry-run:Check everything and show the result, but store and send nothing.'
        case 'resume:+'
            set -a offers 'last' 'last-1' 'it' 'current' '@entries'
        case 'resume --project'
            set -a offers 'none' '@projects'
        case 'resume -p'
            set -a offers 'none' '@projects'
        case 'resume --tag'
            set -a offers '@tags'
        case 'resume -t'
            set -a offers '@tags'
        case 'resume --untag'
            set -a offers 'all' '@tags'
        case 'resume --at'
            set -a offers 'now' 'last' 'noon' 'midnight'
        case 'add'
            set -a offers '--project:A name, its beginning, or an id; none for no project; without a value, pick from a list.' '-p:A name, its beginning, or an id; none for no project; without a value, pick from a list.' '--tag:Append #TAG to the description; repeatable.' '-t:Append #TAG to the description; repeatable.' '--from:The start.' '--to:The end.' '--for:The duration: 90m, 1h30, 0:45, 1.5h.' '--billable:Billable or not.' '--no-billable:Billable or not.' '--overlap:Allow overlaps with other entries.' '--adjust:Make room: cut the entries that overlap, move the timer\'s start.' '--key:A key of your choice; repeating the command with the same key stores nothing new.' '--dry-run:Check everything and show the result, but store and send nothing.'
        case 'add:+'
            set -a offers '@descriptions'
        case 'add --project'
            set -a offers 'none' '@projects'
        case 'add -p'
            set -a offers 'none' '@projects'
        case 'add --tag'
            set -a offers '@tags'
        case 'add -t'
            set -a offers '@tags'
        case 'add --from'
            set -a offers 'now' 'last' 'noon' 'midnight'
        case 'add --to'
            set -a offers 'now' 'last' 'noon' 'midnight'
        case 'add --for'
            set -a offers
        case 'add --key'
            set -a offers
        case 'edit'
            set -a offers '--from:The start.' '--to:The end.' '--for:The duration: 90m, 1h30, 0:45, 1.5h.' '--move:Move the whole entry: 15m, -1h; or to a day: yesterday.' '--description:Replace the description; tags at its end are kept.' '-d:Replace the description; tags at its end are kept.' '--project:A name, its beginning, or an id; none for no project; without a value, pick from a list.' '-p:A name, its beginning, or an id; none for no project; without a value, pick from a list.' '--tag:Append #TAG to the description; repeatable.' '-t:Append #TAG to the description; repeatable.' '--untag:Remove this tag, or all; repeatable.' '--billable:Billable or not.' '--no-billable:Billable or not.' '--overlap:Allow overlaps with other entries.' '--adjust:Make room: cut the entries that overlap, move the timer\'s start.' '--dry-run:Check everything and show the result, but store and send nothing.'
        case 'edit:+'
            set -a offers 'last' 'last-1' 'it' 'current' '@entries'
        case 'edit --from'
            set -a offers 'now' 'last' 'noon' 'midnight'
        case 'edit --to'
            set -a offers 'now' 'last' 'noon' 'midnight'
        case 'edit --for'
            set -a offers
        case 'edit --move'
            set -a offers 'today' 'yesterday' 'monday' 'tuesday' 'wednesday' 'thursday' 'friday' 'saturday' 'sunday'
        case 'edit --description'
            set -a offers '@descriptions'
        case 'edit -d'
            set -a offers '@descriptions'
        case 'edit --project'
            set -a offers 'none' '@projects'
        case 'edit -p'
            set -a offers 'none' '@projects'
        case 'edit --tag'
            set -a offers '@tags'
        case 'edit -t'
            set -a offers '@tags'
        case 'edit --untag'
            set -a offers 'all' '@tags'
        case 'split'
            set -a offers '--at:The time to split at, within the entry.' '--gap:Leave a break of this length after that time.' '--dry-run:Check everything and show the result, but store and send nothing.'
        case 'split:1'
            set -a offers 'last' 'last-1' 'it' 'current' '@entries'
        case 'split --at'
            set -a offers 'now' 'last' 'noon' 'midnight'
        case 'split --gap'
            set -a offers
        case 'delete'
            set -a offers '--yes:Answer yes to all questions.' '-y:Answer yes to all questions.' '--dry-run:Check everything and show the result, but store and send nothing.'
        case 'delete:+'
            set -a offers 'last' 'last-1' 'it' 'current' '@entries'
        case 'undo'
            set -a offers '--count:Undo the latest COUNT commands.' '-n:Undo the latest COUNT commands.' '--actor:Only commands that this actor ran.' '--yes:Answer yes to all questions.' '-y:Answer yes to all questions.' '--dry-run:Check everything and show the result, but store and send nothing.'
        case 'undo -n'
            set -a offers
        case 'undo --count'
            set -a offers
        case 'undo --actor'
            set -a offers
        case 'redo'
            set -a offers '--count:Redo COUNT undone commands.' '-n:Redo COUNT undone commands.' '--yes:Answer yes to all questions.' '-y:Answer yes to all questions.' '--dry-run:Check everything and show the result, but store and send nothing.'
        case 'redo -n'
            set -a offers
        case 'redo --count'
            set -a offers
        case 'history'
            set -a offers '--count:Show only the latest COUNT.' '-n:Show only the latest COUNT.' '--actor:Only commands that this actor ran.' '--columns:Show only these columns, in this order.'
        case 'history -n'
            set -a offers
        case 'history --count'
            set -a offers
        case 'history --actor'
            set -a offers
        case 'history --columns'
            set -a offers
        case 'log'
            set -a offers '--today:Today.' '--yesterday:Yesterday.' '--week:This week.' '--last-week:Last week.' '--month:This month.' '--last-month:Last month.' '--year:This year.' '--last-year:Last year.' '--all:Everything.' '--from:The first day; the period ends today or with --to.' '--to:The last day.' '--period:The same as the PERIOD argument.' '--project:Only this project, or none for entries without one; repeatable.' '-p:Only this project, or none for entries without one; repeatable.' '--not-project:Exclude this project; repeatable.' '--client:Only this client\'s projects, or none for those without.' '--unbilled:Only billable entries that are not on an invoice.' '--tag:Only entries with this tag; repeatable.' '-t:Only entries with this tag; repeatable.' '--user:On an account: the entries of this user, or of everybody.' '--billable:Only billable entries, or only non-billable ones.' '--no-billable:Only billable entries, or only non-billable ones.' '--search:Only entries with this text in the description or project.' '--invoice:Only the entries on this invoice.' '--count:Show only the latest COUNT.' '-n:Show only the latest COUNT.' '--chart:On a terminal: show when you worked, as strips or a calendar.' '--no-chart:On a terminal: show when you worked, as strips or a calendar.' '--columns:Show only these columns, in this order.' '--decimal:Show 1.50 hours instead of 1:30.' '--save:A file to write to: .csv .tsv .json .ndjson .md .html .pdf .xlsx' '--force:Overwrite an existing file.' '--offline:Show the stored entries without reading from the account.' '--refresh:Always read from the account; fail if it cannot be reached.'
        case 'log:1'
            set -a offers 'today' 'yesterday' 'week' 'last-week' 'month' 'last-month' 'year' 'last-year' 'all'
        case 'log:2'
            set -a offers 'week' 'month' 'quarter' 'year' 'monday' 'tuesday' 'wednesday' 'thursday' 'friday' 'saturday' 'sunday'
        case 'log --from'
            set -a offers 'today' 'yesterday' 'monday' 'tuesday' 'wednesday' 'thursday' 'friday' 'saturday' 'sunday'
        case 'log --to'
            set -a offers 'today' 'yesterday' 'monday' 'tuesday' 'wednesday' 'thursday' 'friday' 'saturday' 'sunday'
        case 'log --period'
            set -a offers 'today' 'yesterday' 'week' 'last-week' 'month' 'last-month' 'year' 'last-year' 'all'
        case 'log --project'
            set -a offers 'none' '@projects'
        case 'log -p'
            set -a offers 'none' '@projects'
        case 'log --not-project'
            set -a offers 'none' '@projects'
        case 'log --client'
            set -a offers 'none' '@clients'
        case 'log --tag'
            set -a offers '@tags'
        case 'log -t'
            set -a offers '@tags'
        case 'log --user'
            set -a offers 'all'
        case 'log --search'
            set -a offers
        case 'log --invoice'
            set -a offers '@invoices'
        case 'log -n'
            set -a offers
        case 'log --count'
            set -a offers
        case 'log --columns'
            set -a offers
        case 'log --save'
            set -a offers '@files'
        case 'report'
            set -a offers '--today:Today.' '--yesterday:Yesterday.' '--week:This week.' '--last-week:Last week.' '--month:This month.' '--last-month:Last month.' '--year:This year.' '--last-year:Last year.' '--all:Everything.' '--from:The first day; the period ends today or with --to.' '--to:The last day.' '--period:The same as the PERIOD argument.' '--project:Only this project, or none for entries without one; repeatable.' '-p:Only this project, or none for entries without one; repeatable.' '--not-project:Exclude this project; repeatable.' '--client:Only this client\'s projects, or none for those without.' '--unbilled:Only billable entries that are not on an invoice.' '--tag:Only entries with this tag; repeatable.' '-t:Only entries with this tag; repeatable.' '--user:On an account: the entries of this user, or of everybody.' '--billable:Only billable entries, or only non-billable ones.' '--no-billable:Only billable entries, or only non-billable ones.' '--search:Only entries with this text in the description or project.' '--by:project, client, tag, day, week, month, quarter, year, weekday, hour, user, description, billable; or several: week,project.' '--round:Round billable time by the settings, or by a rule such as \'15m up per day\'; none.' '--money:Show what billable time costs.' '--source:summary: ClockEye\'s own totals, by project, user or day.' '--compare:Compare with the same number of days of the period before.' '--open:Open the saved file.' '--invoice:Print this invoice, exactly as it was billed.' '--chart:On a terminal: show when you worked, as strips or a calendar.' '--no-chart:On a terminal: show when you worked, as strips or a calendar.' '--top:In tables: the N longest rows, and the others as one.' '--columns:Show only these columns, in this order.' '--decimal:Show 1.50 hours instead of 1:30.' '--save:A file to write to: .csv .tsv .json .ndjson .md .html .pdf .xlsx' '--force:Overwrite an existing file.' '--offline:Show the stored entries without reading from the account.' '--refresh:Always read from the account; fail if it cannot be reached.'
        case 'report:1'
            set -a offers 'today' 'yesterday' 'week' 'last-week' 'month' 'last-month' 'year' 'last-year' 'all'
        case 'report:2'
            set -a offers 'week' 'month' 'quarter' 'year' 'monday' 'tuesday' 'wednesday' 'thursday' 'friday' 'saturday' 'sunday'
        case 'report --from'
            set -a offers 'today' 'yesterday' 'monday' 'tuesday' 'wednesday' 'thursday' 'friday' 'saturday' 'sunday'
        case 'report --to'
            set -a offers 'today' 'yesterday' 'monday' 'tuesday' 'wednesday' 'thursday' 'friday' 'saturday' 'sunday'
        case 'report --period'
            set -a offers 'today' 'yesterday' 'week' 'last-week' 'month' 'last-month' 'year' 'last-year' 'all'
        case 'report --project'
            set -a offers 'none' '@projects'
        case 'report -p'
            set -a offers 'none' '@projects'
        case 'report --not-project'
            set -a offers 'none' '@projects'
        case 'report --client'
            set -a offers 'none' '@clients'
        case 'report --tag'
            set -a offers '@tags'
        case 'report -t'
            set -a offers '@tags'
        case 'report --user'
            set -a offers 'all'
        case 'report --search'
            set -a offers
        case 'report --by'
            set -a offers '@list' 'project' 'client' 'tag' 'day' 'week' 'month' 'quarter' 'year' 'weekday' 'hour' 'user' 'description' 'billable'
        case 'report --round'
            set -a offers
        case 'report --source'
            set -a offers 'entries' 'summary'
        case 'report --invoice'
            set -a offers '@invoices'
        case 'report --top'
            set -a offers
        case 'report --columns'
            set -a offers
        case 'report --save'
            set -a offers '@files'
        case 'gaps'
            set -a offers '--today:Today.' '--yesterday:Yesterday.' '--week:This week.' '--last-week:Last week.' '--month:This month.' '--last-month:Last month.' '--year:This year.' '--last-year:Last year.' '--all:Everything.' '--from:The first day; the period ends today or with --to.' '--to:The last day.' '--period:The same as the PERIOD argument.' '--columns:Show only these columns, in this order.' '--decimal:Show 1.50 hours instead of 1:30.' '--save:A file to write to: .csv .tsv .json .ndjson .md .html .pdf .xlsx' '--force:Overwrite an existing file.' '--offline:Show the stored entries without reading from the account.' '--refresh:Always read from the account; fail if it cannot be reached.'
        case 'gaps:1'
            set -a offers 'today' 'yesterday' 'week' 'last-week' 'month' 'last-month' 'year' 'last-year' 'all'
        case 'gaps:2'
            set -a offers 'week' 'month' 'quarter' 'year' 'monday' 'tuesday' 'wednesday' 'thursday' 'friday' 'saturday' 'sunday'
        case 'gaps --from'
            set -a offers 'today' 'yesterday' 'monday' 'tuesday' 'wednesday' 'thursday' 'friday' 'saturday' 'sunday'
        case 'gaps --to'
            set -a offers 'today' 'yesterday' 'monday' 'tuesday' 'wednesday' 'thursday' 'friday' 'saturday' 'sunday'
        case 'gaps --period'
            set -a offers 'today' 'yesterday' 'week' 'last-week' 'month' 'last-month' 'year' 'last-year' 'all'
        case 'gaps --columns'
            set -a offers
        case 'gaps --save'
            set -a offers '@files'
        case 'export'
            set -a offers '--today:Today.' '--yesterday:Yesterday.' '--week:This week.' '--last-week:Last week.' '--month:This month.' '--last-month:Last month.' '--year:This year.' '--last-year:Last year.' '--all:Everything.' '--from:The first day; the period ends today or with --to.' '--to:The last day.' '--period:The same as the PERIOD argument.' '--project:Only this project, or none for entries without one; repeatable.' '-p:Only this project, or none for entries without one; repeatable.' '--not-project:Exclude this project; repeatable.' '--client:Only this client\'s projects, or none for those without.' '--unbilled:Only billable entries that are not on an invoice.' '--tag:Only entries with this tag; repeatable.' '-t:Only entries with this tag; repeatable.' '--user:On an account: the entries of this user, or of everybody.' '--billable:Only billable entries, or only non-billable ones.' '--no-billable:Only billable entries, or only non-billable ones.' '--search:Only entries with this text in the description or project.' '--invoice:Only the entries on this invoice.' '--columns:Show only these columns, in this order.' '--decimal:Show 1.50 hours instead of 1:30.' '--save:A file to write to: .csv .tsv .json .ndjson .md .html .pdf .xlsx .ics .klg .timeclock' '--force:Overwrite an existing file.' '--offline:Show the stored entries without reading from the account.' '--refresh:Always read from the account; fail if it cannot be reached.'
        case 'export:1'
            set -a offers 'today' 'yesterday' 'week' 'last-week' 'month' 'last-month' 'year' 'last-year' 'all'
        case 'export:2'
            set -a offers 'week' 'month' 'quarter' 'year' 'monday' 'tuesday' 'wednesday' 'thursday' 'friday' 'saturday' 'sunday'
        case 'export --from'
            set -a offers 'today' 'yesterday' 'monday' 'tuesday' 'wednesday' 'thursday' 'friday' 'saturday' 'sunday'
        case 'export --to'
            set -a offers 'today' 'yesterday' 'monday' 'tuesday' 'wednesday' 'thursday' 'friday' 'saturday' 'sunday'
        case 'export --period'
            set -a offers 'today' 'yesterday' 'week' 'last-week' 'month' 'last-month' 'year' 'last-year' 'all'
        case 'export --project'
            set -a offers 'none' '@projects'
        case 'export -p'
            set -a offers 'none' '@projects'
        case 'export --not-project'
            set -a offers 'none' '@projects'
        case 'export --client'
            set -a offers 'none' '@clients'
        case 'export --tag'
            set -a offers '@tags'
        case 'export -t'
            set -a offers '@tags'
        case 'export --user'
            set -a offers 'all'
        case 'export --search'
            set -a offers
        case 'export --invoice'
            set -a offers '@invoices'
        case 'export --columns'
            set -a offers
        case 'export --save'
            set -a offers '@files'
        case 'export --output'
            set -a offers 'table' 'tsv' 'csv' 'json' 'ndjson' 'markdown' 'html' 'pdf' 'xlsx' 'ics' 'klog' 'timeclock'
        case 'export -o'
            set -a offers 'table' 'tsv' 'csv' 'json' 'ndjson' 'markdown' 'html' 'pdf' 'xlsx' 'ics' 'klog' 'timeclock'
        case 'check'
            set -a offers '--max:Report a running timer longer than this.' '--idle:Report if nothing was tracked for this long during working hours.' '--overlaps:List entries that overlap each other.' '--period:With --overlaps: only in these days.' '--budget:Report budgets that are used up.'
        case 'check --max'
            set -a offers
        case 'check --idle'
            set -a offers
        case 'check --period'
            set -a offers 'today' 'yesterday' 'week' 'last-week' 'month' 'last-month' 'year' 'last-year' 'all'
        case 'watch'
            set -a offers
        case 'auth'
            set -a offers 'login:Log in with an API key and switch to its profile.' 'logout:Delete the profile\'s key; keep its entries on this computer.' 'status:Show whether the key works and where it comes from.'
        case 'auth login'
            set -a offers '--with-key:Read the key from standard input instead of asking.' '--user:Who you are, if the key can see several users.' '--insecure-storage:Store the key in an unencrypted file instead of the keyring.' '--adopt:Whether to move the entries of the local profile to the account. [default: ask]' '--no-adopt:Whether to move the entries of the local profile to the account. [default: ask]' '--adopt-project:The project for entries without one.' '--yes:Answer yes to all questions.' '-y:Answer yes to all questions.'
        case 'auth login --user'
            set -a offers
        case 'auth login --adopt-project'
            set -a offers 'none' '@projects'
        case 'auth logout'
            set -a offers '--purge:Also remove its entries from this computer.' '--yes:Answer yes to all questions.' '-y:Answer yes to all questions.'
        case 'auth status'
            set -a offers
        case 'sync'
            set -a offers 'resolve:Decide what to do with an entry that cannot be sent as it is.' '--status:List the changes that have not been sent, and why.'
        case 'sync resolve'
            set -a offers '--keep:The version to keep in a conflict.' '--same-as:It arrived and has this id on the account.' '--send:It did not arrive: send it again.' '--drop:Do not send it; keep the account\'s version.'
        case 'sync resolve:1'
            set -a offers 'last' 'last-1' 'it' 'current' '@entries'
        case 'sync resolve --keep'
            set -a offers 'mine' 'theirs'
        case 'sync resolve --same-as'
            set -a offers
        case 'sync resolve --is'
            set -a offers
        case 'users'
            set -a offers '--columns:Show only these columns, in this order.' '--save:A file to write to: .csv .tsv .json .ndjson .md .html .pdf .xlsx' '--force:Overwrite an existing file.'
        case 'users --columns'
            set -a offers
        case 'users --save'
            set -a offers '@files'
        case 'screenshots'
            set -a offers '--today:Today.' '--yesterday:Yesterday.' '--week:This week.' '--last-week:Last week.' '--month:This month.' '--last-month:Last month.' '--year:This year.' '--last-year:Last year.' '--all:Everything.' '--from:The first day; the period ends today or with --to.' '--to:The last day.' '--period:The same as the PERIOD argument.' '--project:Only this project, or none for entries without one; repeatable.' '-p:Only this project, or none for entries without one; repeatable.' '--not-project:Exclude this project; repeatable.' '--client:Only this client\'s projects, or none for those without.' '--unbilled:Only billable entries that are not on an invoice.' '--tag:Only entries with this tag; repeatable.' '-t:Only entries with this tag; repeatable.' '--user:On an account: the entries of this user, or of everybody.' '--billable:Only billable entries, or only non-billable ones.' '--no-billable:Only billable entries, or only non-billable ones.' '--search:Only entries with this text in the description or project.' '--download:Download the pictures to this folder.' '--columns:Show only these columns, in this order.' '--save:Save to a file: .html (contact sheet), .csv, .md ...' '--force:Overwrite an existing file.'
        case 'screenshots:1'
            set -a offers 'today' 'yesterday' 'week' 'last-week' 'month' 'last-month' 'year' 'last-year' 'all'
        case 'screenshots:2'
            set -a offers 'week' 'month' 'quarter' 'year' 'monday' 'tuesday' 'wednesday' 'thursday' 'friday' 'saturday' 'sunday'
        case 'screenshots --from'
            set -a offers 'today' 'yesterday' 'monday' 'tuesday' 'wednesday' 'thursday' 'friday' 'saturday' 'sunday'
        case 'screenshots --to'
            set -a offers 'today' 'yesterday' 'monday' 'tuesday' 'wednesday' 'thursday' 'friday' 'saturday' 'sunday'
        case 'screenshots --period'
            set -a offers 'today' 'yesterday' 'week' 'last-week' 'month' 'last-month' 'year' 'last-year' 'all'
        case 'screenshots --project'
            set -a offers 'none' '@projects'
        case 'screenshots -p'
            set -a offers 'none' '@projects'
        case 'screenshots --not-project'
            set -a offers 'none' '@projects'
        case 'screenshots --client'
            set -a offers 'none' '@clients'
        case 'screenshots --tag'
            set -a offers '@tags'
        case 'screenshots -t'
            set -a offers '@tags'
        case 'screenshots --user'
            set -a offers 'all'
        case 'screenshots --search'
            set -a offers
        case 'screenshots --download'
            set -a offers '@files'
        case 'screenshots --columns'
            set -a offers
        case 'screenshots --save'
            set -a offers '@files'
        case 'api'
            set -a offers '--method:GET, POST, PUT or DELETE.' '-X:GET, POST, PUT or DELETE.' '--field:Add a text field; repeatable.' '-f:Add a text field; repeatable.' '--typed-field:Add a field: a number, true, false, null or text; repeatable.' '-F:Add a field: a number, true, false, null or text; repeatable.' '--input:Read the body from this file; - for standard input.' '--paginate:Read all pages and combine them.'
        case 'api:1'
            set -a offers
        case 'api -X'
            set -a offers 'GET' 'POST' 'PUT' 'DELETE'
        case 'api --method'
            set -a offers 'GET' 'POST' 'PUT' 'DELETE'
        case 'api -f'
            set -a offers
        case 'api --field'
            set -a offers
        case 'api -F'
            set -a offers
        case 'api --typed-field'
            set -a offers
        case 'api --input'
            set -a offers '@files'
        case 'projects'
            set -a offers 'list:List the projects.' 'add:Create projects.' 'edit:Change a project: its client, its rate, its budget, its default for new entries, its colour.' 'rename:Rename a project; it keeps its entries.' 'archive:Archive projects: they keep their entries, but accept no new ones.' 'unarchive:Bring archived projects back.' 'merge:Move all entries of a project to another, and delete the empty one.' 'delete:Delete projects that have no entries.' '--all:Include archived projects.' '--columns:Show only these columns, in this order.' '--save:A file to write to: .csv .tsv .json .ndjson .md .html .pdf .xlsx' '--force:Overwrite an existing file.'
        case 'projects --columns'
            set -a offers
        case 'projects --save'
            set -a offers '@files'
        case 'projects list'
            set -a offers '--all:Include archived projects.' '--columns:Show only these columns, in this order.' '--save:A file to write to: .csv .tsv .json .ndjson .md .html .pdf .xlsx' '--force:Overwrite an existing file.'
        case 'projects list --columns'
            set -a offers
        case 'projects list --save'
            set -a offers '@files'
        case 'projects add'
            set -a offers '--billable:Whether new entries are billable.' '--no-billable:Whether new entries are billable.' '--client:Its client; a new one is created; none for no client.' '--rate:What an hour costs, such as "80 EUR"; none for no rate.' '--from:With --rate: the first day of the rate.' '--rounding:How --round rounds its time; none for exact time.' '--budget:Such as 120h, 40h a month or 5000 EUR; none for no budget.' '--color:Its colour: blue, orange, violet, teal, rust, lilac ...' '--yes:Answer yes to all questions.' '-y:Answer yes to all questions.' '--dry-run:Check everything and show the result, but store and send nothing.'
        case 'projects add:+'
            set -a offers
        case 'projects add --client'
            set -a offers 'none' '@clients'
        case 'projects add --rate'
            set -a offers
        case 'projects add --from'
            set -a offers 'today' 'yesterday' 'monday' 'tuesday' 'wednesday' 'thursday' 'friday' 'saturday' 'sunday'
        case 'projects add --rounding'
            set -a offers
        case 'projects add --budget'
            set -a offers
        case 'projects add --color'
            set -a offers 'blue' 'orange' 'violet' 'teal' 'rust' 'lilac' 'navy' 'olive'
        case 'projects edit'
            set -a offers '--client:Its client; a new one is created; none for no client.' '--billable:Whether new entries are billable.' '--no-billable:Whether new entries are billable.' '--rate:What an hour costs, such as "80 EUR"; none for no rate.' '--from:With --rate: the first day of the rate.' '--rounding:How --round rounds its time; none for exact time.' '--budget:Such as 120h, 40h a month or 5000 EUR; none for no budget.' '--color:Its colour: blue, orange, violet, teal, rust, lilac ...' '--yes:Answer yes to all questions.' '-y:Answer yes to all questions.' '--dry-run:Check everything and show the result, but store and send nothing.'
        case 'projects edit:1'
            set -a offers '@projects'
        case 'projects edit --client'
            set -a offers 'none' '@clients'
        case 'projects edit --rate'
            set -a offers
        case 'projects edit --from'
            set -a offers 'today' 'yesterday' 'monday' 'tuesday' 'wednesday' 'thursday' 'friday' 'saturday' 'sunday'
        case 'projects edit --rounding'
            set -a offers
        case 'projects edit --budget'
            set -a offers
        case 'projects edit --color'
            set -a offers 'blue' 'orange' 'violet' 'teal' 'rust' 'lilac' 'navy' 'olive'
        case 'projects rename'
            set -a offers '--dry-run:Check everything and show the result, but store and send nothing.'
        case 'projects rename:1'
            set -a offers '@projects'
        case 'projects rename:2'
            set -a offers
        case 'projects archive'
            set -a offers '--dry-run:Check everything and show the result, but store and send nothing.'
        case 'projects archive:+'
            set -a offers '@projects'
        case 'projects unarchive'
            set -a offers '--dry-run:Check everything and show the result, but store and send nothing.'
        case 'projects unarchive:+'
            set -a offers '@archived'
        case 'projects merge'
            set -a offers '--dry-run:Check everything and show the result, but store and send nothing.'
        case 'projects merge:1'
            set -a offers '@projects'
        case 'projects merge:2'
            set -a offers '@projects'
        case 'projects delete'
            set -a offers '--dry-run:Check everything and show the result, but store and send nothing.'
        case 'projects delete:+'
            set -a offers '@projects'
        case 'clients'
            set -a offers 'list:List the clients.' 'edit:Change a client: its rate, its rounding, its budget, its address.' 'rename:Rename a client; it keeps its projects and invoices.' 'archive:Archive clients: they keep their projects, but get no new ones.' 'unarchive:Bring archived clients back.' '--all:Include archived clients.' '--columns:Show only these columns, in this order.' '--save:A file to write to: .csv .tsv .json .ndjson .md .html .pdf .xlsx' '--force:Overwrite an existing file.'
        case 'clients --columns'
            set -a offers
        case 'clients --save'
            set -a offers '@files'
        case 'clients list'
            set -a offers '--all:Include archived clients.' '--columns:Show only these columns, in this order.' '--save:A file to write to: .csv .tsv .json .ndjson .md .html .pdf .xlsx' '--force:Overwrite an existing file.'
        case 'clients list --columns'
            set -a offers
        case 'clients list --save'
            set -a offers '@files'
        case 'clients edit'
            set -a offers '--rate:What an hour costs, such as "80 EUR"; none for no rate.' '--from:With --rate: the first day of the rate.' '--rounding:How --round rounds its time; none for exact time.' '--budget:Such as 120h, 40h a month or 5000 EUR; none for no budget.' '--address:A line of its address; repeatable; none for no address.' '--dry-run:Check everything and show the result, but store and send nothing.'
        case 'clients edit:1'
            set -a offers '@clients'
        case 'clients edit --rate'
            set -a offers
        case 'clients edit --from'
            set -a offers 'today' 'yesterday' 'monday' 'tuesday' 'wednesday' 'thursday' 'friday' 'saturday' 'sunday'
        case 'clients edit --rounding'
            set -a offers
        case 'clients edit --budget'
            set -a offers
        case 'clients edit --address'
            set -a offers
        case 'clients rename'
            set -a offers '--dry-run:Check everything and show the result, but store and send nothing.'
        case 'clients rename:1'
            set -a offers '@clients'
        case 'clients rename:2'
            set -a offers
        case 'clients archive'
            set -a offers '--dry-run:Check everything and show the result, but store and send nothing.'
        case 'clients archive:+'
            set -a offers '@clients'
        case 'clients unarchive'
            set -a offers '--dry-run:Check everything and show the result, but store and send nothing.'
        case 'clients unarchive:+'
            set -a offers '@archived-clients'
        case 'invoices'
            set -a offers 'list:List the invoices.' 'add:Bill a client\'s billable entries that are not on an invoice yet; this freezes their time and rates.' 'remove:Remove an invoice; its entries can be changed and billed again.' '--columns:Show only these columns, in this order.' '--save:A file to write to: .csv .tsv .json .ndjson .md .html .pdf .xlsx' '--force:Overwrite an existing file.'
        case 'invoices --columns'
            set -a offers
        case 'invoices --save'
            set -a offers '@files'
        case 'invoices list'
            set -a offers '--columns:Show only these columns, in this order.' '--save:A file to write to: .csv .tsv .json .ndjson .md .html .pdf .xlsx' '--force:Overwrite an existing file.'
        case 'invoices list --columns'
            set -a offers
        case 'invoices list --save'
            set -a offers '@files'
        case 'invoices add'
            set -a offers '--today:Today.' '--yesterday:Yesterday.' '--week:This week.' '--last-week:Last week.' '--month:This month.' '--last-month:Last month.' '--year:This year.' '--last-year:Last year.' '--all:Everything.' '--from:The first day; the period ends today or with --to.' '--to:The last day.' '--period:The same as the PERIOD argument.' '--project:Only this project, or none for entries without one; repeatable.' '-p:Only this project, or none for entries without one; repeatable.' '--not-project:Exclude this project; repeatable.' '--client:Only this client\'s projects, or none for those without.' '--unbilled:Only billable entries that are not on an invoice.' '--tag:Only entries with this tag; repeatable.' '-t:Only entries with this tag; repeatable.' '--user:On an account: the entries of this user, or of everybody.' '--billable:Only billable entries, or only non-billable ones.' '--no-billable:Only billable entries, or only non-billable ones.' '--search:Only entries with this text in the description or project.' '--yes:Answer yes to all questions.' '-y:Answer yes to all questions.' '--dry-run:Check everything and show the result, but store and send nothing.'
        case 'invoices add:1'
            set -a offers
        case 'invoices add:2'
            set -a offers 'today' 'yesterday' 'week' 'last-week' 'month' 'last-month' 'year' 'last-year' 'all'
        case 'invoices add:3'
            set -a offers 'week' 'month' 'quarter' 'year' 'monday' 'tuesday' 'wednesday' 'thursday' 'friday' 'saturday' 'sunday'
        case 'invoices add --from'
            set -a offers 'today' 'yesterday' 'monday' 'tuesday' 'wednesday' 'thursday' 'friday' 'saturday' 'sunday'
        case 'invoices add --to'
            set -a offers 'today' 'yesterday' 'monday' 'tuesday' 'wednesday' 'thursday' 'friday' 'saturday' 'sunday'
        case 'invoices add --period'
            set -a offers 'today' 'yesterday' 'week' 'last-week' 'month' 'last-month' 'year' 'last-year' 'all'
        case 'invoices add --project'
            set -a offers 'none' '@projects'
        case 'invoices add -p'
            set -a offers 'none' '@projects'
        case 'invoices add --not-project'
            set -a offers 'none' '@projects'
        case 'invoices add --client'
            set -a offers 'none' '@clients'
        case 'invoices add --tag'
            set -a offers '@tags'
        case 'invoices add -t'
            set -a offers '@tags'
        case 'invoices add --user'
            set -a offers 'all'
        case 'invoices add --search'
            set -a offers
        case 'invoices remove'
            set -a offers '--dry-run:Check everything and show the result, but store and send nothing.'
        case 'invoices remove:1'
            set -a offers '@invoices'
        case 'tags'
            set -a offers 'list:List tags with their entries and time; the default is this week.' 'rename:Rename a tag in all entries, or merge it into another.' '--today:Today.' '--yesterday:Yesterday.' '--week:This week.' '--last-week:Last week.' '--month:This month.' '--last-month:Last month.' '--year:This year.' '--last-year:Last year.' '--all:Everything.' '--from:The first day; the period ends today or with --to.' '--to:The last day.' '--period:The same as the PERIOD argument.' '--project:Only this project, or none for entries without one; repeatable.' '-p:Only this project, or none for entries without one; repeatable.' '--not-project:Exclude this project; repeatable.' '--client:Only this client\'s projects, or none for those without.' '--unbilled:Only billable entries that are not on an invoice.' '--tag:Only entries with this tag; repeatable.' '-t:Only entries with this tag; repeatable.' '--user:On an account: the entries of this user, or of everybody.' '--billable:Only billable entries, or only non-billable ones.' '--no-billable:Only billable entries, or only non-billable ones.' '--search:Only entries with this text in the description or project.' '--columns:Show only these columns, in this order.' '--decimal:Show 1.50 hours instead of 1:30.' '--save:A file to write to: .csv .tsv .json .ndjson .md .html .pdf .xlsx' '--force:Overwrite an existing file.' '--offline:Show the stored entries without reading from the account.' '--refresh:Always read from the account; fail if it cannot be reached.'
        case 'tags:1'
            set -a offers 'today' 'yesterday' 'week' 'last-week' 'month' 'last-month' 'year' 'last-year' 'all'
        case 'tags:2'
            set -a offers 'week' 'month' 'quarter' 'year' 'monday' 'tuesday' 'wednesday' 'thursday' 'friday' 'saturday' 'sunday'
        case 'tags --from'
            set -a offers 'today' 'yesterday' 'monday' 'tuesday' 'wednesday' 'thursday' 'friday' 'saturday' 'sunday'
        case 'tags --to'
            set -a offers 'today' 'yesterday' 'monday' 'tuesday' 'wednesday' 'thursday' 'friday' 'saturday' 'sunday'
        case 'tags --period'
            set -a offers 'today' 'yesterday' 'week' 'last-week' 'month' 'last-month' 'year' 'last-year' 'all'
        case 'tags --project'
            set -a offers 'none' '@projects'
        case 'tags -p'
            set -a offers 'none' '@projects'
        case 'tags --not-project'
            set -a offers 'none' '@projects'
        case 'tags --client'
            set -a offers 'none' '@clients'
        case 'tags --tag'
            set -a offers '@tags'
        case 'tags -t'
            set -a offers '@tags'
        case 'tags --user'
            set -a offers 'all'
        case 'tags --search'
            set -a offers
        case 'tags --columns'
            set -a offers
        case 'tags --save'
            set -a offers '@files'
        case 'tags list'
            set -a offers '--today:Today.' '--yesterday:Yesterday.' '--week:This week.' '--last-week:Last week.' '--month:This month.' '--last-month:Last month.' '--year:This year.' '--last-year:Last year.' '--all:Everything.' '--from:The first day; the period ends today or with --to.' '--to:The last day.' '--period:The same as the PERIOD argument.' '--project:Only this project, or none for entries without one; repeatable.' '-p:Only this project, or none for entries without one; repeatable.' '--not-project:Exclude this project; repeatable.' '--client:Only this client\'s projects, or none for those without.' '--unbilled:Only billable entries that are not on an invoice.' '--tag:Only entries with this tag; repeatable.' '-t:Only entries with this tag; repeatable.' '--user:On an account: the entries of this user, or of everybody.' '--billable:Only billable entries, or only non-billable ones.' '--no-billable:Only billable entries, or only non-billable ones.' '--search:Only entries with this text in the description or project.' '--columns:Show only these columns, in this order.' '--decimal:Show 1.50 hours instead of 1:30.' '--save:A file to write to: .csv .tsv .json .ndjson .md .html .pdf .xlsx' '--force:Overwrite an existing file.' '--offline:Show the stored entries without reading from the account.' '--refresh:Always read from the account; fail if it cannot be reached.'
        case 'tags list:1'
            set -a offers 'today' 'yesterday' 'week' 'last-week' 'month' 'last-month' 'year' 'last-year' 'all'
        case 'tags list:2'
            set -a offers 'week' 'month' 'quarter' 'year' 'monday' 'tuesday' 'wednesday' 'thursday' 'friday' 'saturday' 'sunday'
        case 'tags list --from'
            set -a offers 'today' 'yesterday' 'monday' 'tuesday' 'wednesday' 'thursday' 'friday' 'saturday' 'sunday'
        case 'tags list --to'
            set -a offers 'today' 'yesterday' 'monday' 'tuesday' 'wednesday' 'thursday' 'friday' 'saturday' 'sunday'
        case 'tags list --period'
            set -a offers 'today' 'yesterday' 'week' 'last-week' 'month' 'last-month' 'year' 'last-year' 'all'
        case 'tags list --project'
            set -a offers 'none' '@projects'
        case 'tags list -p'
            set -a offers 'none' '@projects'
        case 'tags list --not-project'
            set -a offers 'none' '@projects'
        case 'tags list --client'
            set -a offers 'none' '@clients'
        case 'tags list --tag'
            set -a offers '@tags'
        case 'tags list -t'
            set -a offers '@tags'
        case 'tags list --user'
            set -a offers 'all'
        case 'tags list --search'
            set -a offers
        case 'tags list --columns'
            set -a offers
        case 'tags list --save'
            set -a offers '@files'
        case 'tags rename'
            set -a offers '--yes:Answer yes to all questions.' '-y:Answer yes to all questions.' '--dry-run:Check everything and show the result, but store and send nothing.'
        case 'tags rename:1'
            set -a offers '@tags'
        case 'tags rename:2'
            set -a offers '@tags'
        case 'profiles'
            set -a offers 'list:List the profiles.' 'add:Add a profile on this computer, without an account.' 'use:Make a profile the default.' 'rename:Rename a profile.' 'remove:Remove a profile; its entries are kept in a separate file.' '--columns:Show only these columns, in this order.'
        case 'profiles --columns'
            set -a offers
        case 'profiles list'
            set -a offers '--columns:Show only these columns, in this order.'
        case 'profiles list --columns'
            set -a offers
        case 'profiles add'
            set -a offers
        case 'profiles add:1'
            set -a offers
        case 'profiles use'
            set -a offers
        case 'profiles use:1'
            set -a offers '@profiles'
        case 'profiles rename'
            set -a offers
        case 'profiles rename:1'
            set -a offers '@profiles'
        case 'profiles rename:2'
            set -a offers
        case 'profiles remove'
            set -a offers '--yes:Answer yes to all questions.' '-y:Answer yes to all questions.'
        case 'profiles remove:1'
            set -a offers '@profiles'
        case 'config'
            set -a offers 'list:List all settings, their values and where each comes from.' 'get:Print the value of a setting.' 'set:Set a value in the config file; with -P NAME for that profile only.' 'unset:Remove a value from the config file, so that the default applies.' 'edit:Edit the config file in $VISUAL or $EDITOR; invalid settings are refused.' 'path:Print the path of the config file.'
        case 'config list'
            set -a offers '--columns:Show only these columns, in this order.'
        case 'config list --columns'
            set -a offers
        case 'config get'
            set -a offers
        case 'config get:1'
            set -a offers '@settings'
        case 'config set'
            set -a offers
        case 'config set:1'
            set -a offers '@settings'
        case 'config set:+'
            set -a offers
        case 'config unset'
            set -a offers
        case 'config unset:1'
            set -a offers '@settings'
        case 'config edit'
            set -a offers
        case 'config path'
            set -a offers
        case 'import'
            set -a offers '--sources:List the programs, and what is kept from each.' '--as:Read the files as this program\'s.' '--map:A file that says what names become here; created if missing.' '--zone:The time zone of the file.' '--dates:The order of the file\'s dates.' '--encoding:The encoding of the file, such as latin-1.' '--user:Only the rows of this person.' '--project-from:Which tag is the project: prefix:project:, tags:A,B, known, none.' '--task:What becomes of tasks; by default a tag.' '--from:The first day to import.' '--to:The last day to import.' '--update:Update entries whose rows have changed since the last import.' '--partial:Store what can be stored, despite bad rows or totals that differ.' '--yes:Answer yes to all questions.' '-y:Answer yes to all questions.' '--dry-run:Check everything and show the result, but store and send nothing.'
        case 'import:+'
            set -a offers '@files' '-'
        case 'import --as'
            set -a offers
        case 'import --map'
            set -a offers '@files'
        case 'import --zone'
            set -a offers
        case 'import --dates'
            set -a offers 'iso' 'dmy' 'mdy'
        case 'import --encoding'
            set -a offers
        case 'import --user'
            set -a offers
        case 'import --project-from'
            set -a offers
        case 'import --task'
            set -a offers 'tag' 'description' 'project' 'drop'
        case 'import --from'
            set -a offers 'today' 'yesterday' 'monday' 'tuesday' 'wednesday' 'thursday' 'friday' 'saturday' 'sunday'
        case 'import --to'
            set -a offers 'today' 'yesterday' 'monday' 'tuesday' 'wednesday' 'thursday' 'friday' 'saturday' 'sunday'
        case 'imports'
            set -a offers 'list:List the imports.' 'undo:Undo an import; entries that were edited or billed since then stay.' '--columns:Show only these columns, in this order.' '--save:A file to write to: .csv .tsv .json .ndjson .md .html .pdf .xlsx' '--force:Overwrite an existing file.'
        case 'imports --columns'
            set -a offers
        case 'imports --save'
            set -a offers '@files'
        case 'imports list'
            set -a offers '--columns:Show only these columns, in this order.' '--save:A file to write to: .csv .tsv .json .ndjson .md .html .pdf .xlsx' '--force:Overwrite an existing file.'
        case 'imports list --columns'
            set -a offers
        case 'imports list --save'
            set -a offers '@files'
        case 'imports undo'
            set -a offers '--yes:Answer yes to all questions.' '-y:Answer yes to all questions.' '--dry-run:Check everything and show the result, but store and send nothing.'
        case 'imports undo:1'
            set -a offers
        case 'backup'
            set -a offers
        case 'backup:1'
            set -a offers '@files'
        case 'restore'
            set -a offers
        case 'restore:1'
            set -a offers '@files'
        case 'doctor'
            set -a offers '--repair:Recover everything readable from a damaged store.'
        case 'serve'
            set -a offers 'keys:Manage the API keys of the server.' 'users:Manage the users of the server.' 'backup:Copy the server\'s data into a new file, while it serves.' 'move:Move the server\'s data from its file into PostgreSQL.' '--port:The port; 0 for any free port.' '--host:The address to listen on.' '--data:The file with the data, or the URL of a PostgreSQL database.' '--limits:Requests per minute, hour and day for each key; or off.' '--demo:Serve a demo team from its own file.' '--faults:Inject the failures that this file describes.' '--public-url:A public URL at which a proxy serves the API; repeatable.' '--log:Log each request as a line of JSON; - for standard output.'
        case 'serve --port'
            set -a offers
        case 'serve --host'
            set -a offers
        case 'serve --data'
            set -a offers '@files'
        case 'serve --limits'
            set -a offers
        case 'serve --faults'
            set -a offers '@files'
        case 'serve --public-url'
            set -a offers
        case 'serve --log'
            set -a offers '@files'
        case 'serve keys'
            set -a offers 'add:Create a key and print it.' 'list:List the keys, without their secrets.' 'revoke:Revoke a key immediately.'
        case 'serve keys add'
            set -a offers '--permissions:A permission, such as time_entries:read; repeatable. [default: all]' '--user:User of the key: id or e-mail.' '--role:Role: owner, admin, manager or member.' '--data:The file with the data, or the URL of a PostgreSQL database.'
        case 'serve keys add:1'
            set -a offers
        case 'serve keys add --permissions'
            set -a offers
        case 'serve keys add --user'
            set -a offers
        case 'serve keys add --role'
            set -a offers 'owner' 'admin' 'manager' 'member'
        case 'serve keys add --data'
            set -a offers '@files'
        case 'serve keys list'
            set -a offers '--data:The file with the data, or the URL of a PostgreSQL database.' '--columns:Show only these columns, in this order.'
        case 'serve keys list --data'
            set -a offers '@files'
        case 'serve keys list --columns'
            set -a offers
        case 'serve keys revoke'
            set -a offers '--data:The file with the data, or the URL of a PostgreSQL database.'
        case 'serve keys revoke:1'
            set -a offers
        case 'serve keys revoke --data'
            set -a offers '@files'
        case 'serve users'
            set -a offers 'add:Add a user.' 'list:List the users.' 'role:Change the role of a user.' 'remove:Remove a user and their keys.' 'export:Print everything that is stored about a user, as JSON.'
        case 'serve users add'
            set -a offers '--role:Role: owner, admin, manager or member.' '--data:The file with the data, or the URL of a PostgreSQL database.'
        case 'serve users add:1'
            set -a offers
        case 'serve users add:2'
            set -a offers
        case 'serve users add --role'
            set -a offers 'owner' 'admin' 'manager' 'member'
        case 'serve users add --data'
            set -a offers '@files'
        case 'serve users list'
            set -a offers '--data:The file with the data, or the URL of a PostgreSQL database.' '--columns:Show only these columns, in this order.'
        case 'serve users list --data'
            set -a offers '@files'
        case 'serve users list --columns'
            set -a offers
        case 'serve users role'
            set -a offers '--data:The file with the data, or the URL of a PostgreSQL database.'
        case 'serve users role:1'
            set -a offers
        case 'serve users role:2'
            set -a offers 'owner' 'admin' 'manager' 'member'
        case 'serve users role --data'
            set -a offers '@files'
        case 'serve users remove'
            set -a offers '--delete-entries:Delete their entries and screenshots.' '--transfer-to:Give their entries and screenshots to this user.' '--data:The file with the data, or the URL of a PostgreSQL database.'
        case 'serve users remove:1'
            set -a offers
        case 'serve users remove --transfer-to'
            set -a offers
        case 'serve users remove --data'
            set -a offers '@files'
        case 'serve users export'
            set -a offers '--data:The file with the data, or the URL of a PostgreSQL database.'
        case 'serve users export:1'
            set -a offers
        case 'serve users export --data'
            set -a offers '@files'
        case 'serve backup'
            set -a offers '--data:The file with the data, or the URL of a PostgreSQL database.'
        case 'serve backup:1'
            set -a offers '@files'
        case 'serve backup --data'
            set -a offers '@files'
        case 'serve move'
            set -a offers '--to:The PostgreSQL database; it must be empty.' '--from:The file with the data, instead of the default one.'
        case 'serve move --to'
            set -a offers
        case 'serve move --from'
            set -a offers '@files'
        case 'help'
            set -a offers
        case 'help:+'
            set -a offers 'times' 'durations' 'formats' 'exit-codes' 'environment' 'sync' 'start' 'stop' 'status' 'cancel' 'resume' 'add' 'edit' 'split' 'delete' 'undo' 'redo' 'history' 'log' 'report' 'gaps' 'export' 'check' 'watch' 'auth' 'users' 'screenshots' 'api' 'projects' 'clients' 'invoices' 'tags' 'profiles' 'config' 'import' 'imports' 'backup' 'restore' 'doctor' 'serve' 'help' 'man' 'prompt' 'completion' 'schema' 'skill' 'mcp'
        case 'man'
            set -a offers
        case 'man:1'
            set -a offers 'start' 'stop' 'status' 'cancel' 'resume' 'add' 'edit' 'split' 'delete' 'undo' 'redo' 'history' 'log' 'report' 'gaps' 'export' 'check' 'watch' 'auth' 'sync' 'users' 'screenshots' 'api' 'projects' 'clients' 'invoices' 'tags' 'profiles' 'config' 'import' 'imports' 'backup' 'restore' 'doctor' 'serve' 'help' 'man' 'prompt' 'completion' 'schema' 'skill' 'mcp'
        case 'prompt'
            set -a offers '--format:A template with {project}, {description}, {work}, {elapsed}, {today} or {attention}.' '--shell:Escape the text for the prompt of this shell: bash, zsh or fish.'
        case 'prompt --format'
            set -a offers
        case 'prompt --shell'
            set -a offers 'bash' 'zsh' 'fish'
        case 'completion'
            set -a offers '--install:Install the script in the shell\'s completion folder.' '--alias:Also make this word a shell alias of clockeye, with completion.' '--force:Overwrite a file that clockeye did not create.'
        case 'completion:1'
            set -a offers 'bash' 'zsh' 'fish' 'powershell'
        case 'completion --alias'
            set -a offers
        case 'schema'
            set -a offers
        case 'schema:+'
            set -a offers 'start' 'stop' 'status' 'cancel' 'resume' 'add' 'edit' 'split' 'delete' 'undo' 'redo' 'history' 'log' 'report' 'gaps' 'export' 'check' 'watch' 'auth' 'sync' 'users' 'screenshots' 'api' 'projects' 'clients' 'invoices' 'tags' 'profiles' 'config' 'import' 'imports' 'backup' 'restore' 'doctor' 'serve' 'help' 'man' 'prompt' 'completion' 'schema' 'skill' 'mcp'
        case 'skill'
            set -a offers '--install:Install it in this folder of skills, as clockeye/SKILL.md.'
        case 'skill --install'
            set -a offers '@files'
        case 'mcp'
            set -a offers
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
