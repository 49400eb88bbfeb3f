# clockeye: completion for fish, made by `clockeye completion fish`; what is changed here is lost with the next.
#
# fish quotes what it puts on the line, and shows what stands beside it as it is. Nothing is evaluated.

function __clockeye_offers --no-scope-shadowing # adds to `offers` what may stand at a place; fails if there is no such place
    switch "$argv[1]"
        case ''
            set -a offers 'start:Start a timer; one that runs is stopped at the same instant.' 'stop:Stop the timer: it becomes an entry.' 'status:Say what runs, and for how long.' 'cancel:Take the running timer away without an entry.' 'resume:Start again what was worked on before.' 'add:Store an entry that is over.' 'edit:Change entries, or the timer that runs.' 'split:Make two entries of one.' 'delete:Delete entries.' 'undo:Take back the last command that changed something.' 'history:List what commands have changed, the latest first.' 'log:List the entries of a period, day by day.' 'report:Sum up a period: a timesheet, or by what you choose.' 'check:Look whether a timer was forgotten, for cron and scripts.' 'watch:Watch the timer and the day, with keys to stop and switch.' 'auth:Log in to a ClockEye account, log out, see how things stand.' 'sync:Exchange everything with the account now.' 'users:List the users of the account.' 'screenshots:List screenshots, download them, put them on a sheet.' 'api:Send a raw request to the account\'s API.' 'projects:List, add, rename and archive projects.' 'profiles:List the profiles, and choose the one to work on.' 'config:Show and change the settings.' 'backup:Copy everything that is tracked into one file.' 'restore:Put a backup in the place of what is tracked.' 'doctor:Look whether all is well, and mend what is not.' 'serve:Serve ClockEye\'s API on this computer.' 'help:Explain a command or a topic.' 'man:Show the manual page of a command.' 'prompt:Print what runs, for the shell\'s prompt.' 'completion:Print or install what completes command lines in a shell.'
        case ':all'
            set -a offers '--profile:Work on this profile.' '-P:Work on this profile.' '--output:How results are written: table, tsv, csv, json, ndjson, markdown.' '-o:How results are written: table, tsv, csv, json, ndjson, markdown.' '--json:The same as -o json.' '--quiet:No line of success and no notices; only errors.' '-q:No line of success and no notices; only errors.' '--no-input:Never ask a question.' '--color:Colours: auto, always or never.' '--debug:Show where in the program an error arose.' '--version:Print the version.' '--help:Explain it.'
        case '--profile'
            set -a offers '@profiles'
        case '-P'
            set -a offers '@profiles'
        case '--output'
            set -a offers 'table' 'tsv' 'csv' 'json' 'ndjson' 'markdown'
        case '-o'
            set -a offers 'table' 'tsv' 'csv' 'json' 'ndjson' 'markdown'
        case '--color'
            set -a offers 'auto' 'always' 'never'
        case 'start'
            set -a offers '--project:Its name, the beginning of it, or its id; without a value: pick one.' '-p:Its name, the beginning of it, or its id; without a value: pick one.' '--tag:Put #TAG at the end; repeatable.' '-t:Put #TAG at the end; repeatable.' '--at:Not now but then: 9:15, 10m ago, yesterday 17:30.' '--billable:Whether it is billable.' '--no-billable:Whether it is billable.' '--if-idle:Leave a timer that runs as it is.' '--overlap:Store it even where it overlaps others.'
        case 'start:+'
            set -a offers '@descriptions'
        case 'start --project'
            set -a offers '@projects'
        case 'start -p'
            set -a offers '@projects'
        case 'start --tag'
            set -a offers
        case 'start -t'
            set -a offers
        case 'start --at'
            set -a offers 'now' 'noon' 'midnight'
        case 'stop'
            set -a offers '--at:Not now but then: 9:15, 10m ago, yesterday 17:30.' '--description:The description instead.' '-d:The description instead.' '--project:Its name, the beginning of it, or its id; without a value: pick one.' '-p:Its name, the beginning of it, or its id; without a value: pick one.' '--tag:Put #TAG at the end; repeatable.' '-t:Put #TAG at the end; repeatable.' '--if-running:Be content if no timer runs.'
        case 'stop --at'
            set -a offers 'now' 'noon' 'midnight'
        case 'stop --description'
            set -a offers '@descriptions'
        case 'stop -d'
            set -a offers '@descriptions'
        case 'stop --project'
            set -a offers '@projects'
        case 'stop -p'
            set -a offers '@projects'
        case 'stop --tag'
            set -a offers
        case 'stop -t'
            set -a offers
        case 'status'
            set -a offers '--format:With {project}, {description}, {work}, {elapsed} and {today}; or waybar, or tmux.'
        case 'status --format'
            set -a offers 'waybar' 'tmux'
        case 'cancel'
            set -a offers '--yes:Answer yes instead of being asked.' '-y:Answer yes instead of being asked.'
        case 'resume'
            set -a offers '--at:Not now but then: 9:15, 10m ago, yesterday 17:30.' '--overlap:Store it even where it overlaps others.'
        case 'resume:1'
            set -a offers 'last' 'last-1' 'current' '@entries'
        case 'resume --at'
            set -a offers 'now' 'noon' 'midnight'
        case 'add'
            set -a offers '--project:Its name, the beginning of it, or its id; without a value: pick one.' '-p:Its name, the beginning of it, or its id; without a value: pick one.' '--tag:Put #TAG at the end; repeatable.' '-t:Put #TAG at the end; repeatable.' '--from:The start.' '--to:The end.' '--for:How long: 90m, 1h30, 0:45, 1.5h.' '--billable:Whether it is billable.' '--no-billable:Whether it is billable.' '--overlap:Store it even where it overlaps others.' '--key:Safe to repeat: the same key is stored once.'
        case 'add:+'
            set -a offers '@descriptions'
        case 'add --project'
            set -a offers '@projects'
        case 'add -p'
            set -a offers '@projects'
        case 'add --tag'
            set -a offers
        case 'add -t'
            set -a offers
        case 'add --from'
            set -a offers 'now' 'noon' 'midnight'
        case 'add --to'
            set -a offers 'now' 'noon' 'midnight'
        case 'add --for'
            set -a offers
        case 'add --key'
            set -a offers
        case 'edit'
            set -a offers '--from:The start.' '--to:The end.' '--description:The description instead.' '-d:The description instead.' '--project:Its name, the beginning of it, or its id; without a value: pick one.' '-p:Its name, the beginning of it, or its id; without a value: pick one.' '--tag:Put #TAG at the end; repeatable.' '-t:Put #TAG at the end; repeatable.' '--billable:Whether it is billable.' '--no-billable:Whether it is billable.' '--overlap:Store it even where it overlaps others.'
        case 'edit:+'
            set -a offers 'last' 'last-1' 'current' '@entries'
        case 'edit --from'
            set -a offers 'now' 'noon' 'midnight'
        case 'edit --to'
            set -a offers 'now' 'noon' 'midnight'
        case 'edit --description'
            set -a offers '@descriptions'
        case 'edit -d'
            set -a offers '@descriptions'
        case 'edit --project'
            set -a offers '@projects'
        case 'edit -p'
            set -a offers '@projects'
        case 'edit --tag'
            set -a offers
        case 'edit -t'
            set -a offers
        case 'split'
            set -a offers '--at:Where, within the entry.' '--gap:Cut out so much after it.'
        case 'split:1'
            set -a offers 'last' 'last-1' 'current' '@entries'
        case 'split --at'
            set -a offers 'now' 'noon' 'midnight'
        case 'split --gap'
            set -a offers
        case 'delete'
            set -a offers '--yes:Answer yes instead of being asked.' '-y:Answer yes instead of being asked.'
        case 'delete:+'
            set -a offers 'last' 'last-1' 'current' '@entries'
        case 'undo'
            set -a offers '--yes:Answer yes instead of being asked.' '-y:Answer yes instead of being asked.'
        case 'history'
            set -a offers '--count:The last so many.' '-n:The last so many.' '--columns:These columns, in this order.'
        case 'history -n'
            set -a offers
        case 'history --count'
            set -a offers
        case 'history --columns'
            set -a offers
        case 'log'
            set -a offers '--today:The period: today.' '--yesterday:Yesterday.' '--week:This week.' '--last-week:The week before.' '--month:This month.' '--last-month:The month before.' '--year:This year.' '--last-year:The year before.' '--all:Everything.' '--from:From this day on, up to today or --to.' '--to:Up to this day, itself included.' '--period:The period in words, as the argument.' '--project:Only these; repeatable.' '-p:Only these; repeatable.' '--not-project:Not these; repeatable.' '--tag:Only with all of these tags; repeatable.' '-t:Only with all of these tags; repeatable.' '--user:On an account: this user\'s, or everybody\'s; not yours.' '--billable:Only what is billable, or is not.' '--no-billable:Only what is billable, or is not.' '--search:Only with this text in description or project.' '--count:The last so many.' '-n:The last so many.' '--columns:These columns, in this order.' '--decimal:Hours as 1.50 instead of 1:30:00.' '--save:Into a file: .csv .tsv .json .ndjson .md' '--force:Overwrite that file.' '--offline:Show what is here; the account is not asked.' '--refresh:Read the account anew, or show nothing.'
        case 'log:+'
            set -a offers 'today' 'yesterday' 'week' 'last-week' 'month' 'last-month' 'year' 'last-year' 'all'
        case 'log --from'
            set -a offers 'today' 'yesterday' 'monday' 'tuesday' 'wednesday' 'thursday' 'friday' 'saturday' 'sunday'
        case 'log --to'
            set -a offers 'today' 'yesterday' 'monday' 'tuesday' 'wednesday' 'thursday' 'friday' 'saturday' 'sunday'
        case 'log --period'
            set -a offers 'today' 'yesterday' 'week' 'last-week' 'month' 'last-month' 'year' 'last-year' 'all'
        case 'log --project'
            set -a offers '@projects'
        case 'log -p'
            set -a offers '@projects'
        case 'log --not-project'
            set -a offers '@projects'
        case 'log --tag'
            set -a offers
        case 'log -t'
            set -a offers
        case 'log --user'
            set -a offers 'all'
        case 'log --search'
            set -a offers
        case 'log -n'
            set -a offers
        case 'log --count'
            set -a offers
        case 'log --columns'
            set -a offers
        case 'log --save'
            set -a offers '@files'
        case 'report'
            set -a offers '--today:The period: today.' '--yesterday:Yesterday.' '--week:This week.' '--last-week:The week before.' '--month:This month.' '--last-month:The month before.' '--year:This year.' '--last-year:The year before.' '--all:Everything.' '--from:From this day on, up to today or --to.' '--to:Up to this day, itself included.' '--period:The period in words, as the argument.' '--project:Only these; repeatable.' '-p:Only these; repeatable.' '--not-project:Not these; repeatable.' '--tag:Only with all of these tags; repeatable.' '-t:Only with all of these tags; repeatable.' '--user:On an account: this user\'s, or everybody\'s; not yours.' '--billable:Only what is billable, or is not.' '--no-billable:Only what is billable, or is not.' '--search:Only with this text in description or project.' '--by:project, tag, day, week, month, user, description, billable; or some: week,project.' '--source:summary: what ClockEye has added up, by project, user or day.' '--columns:These columns, in this order.' '--decimal:Hours as 1.50 instead of 1:30:00.' '--save:Into a file: .csv .tsv .json .ndjson .md' '--force:Overwrite that file.' '--offline:Show what is here; the account is not asked.' '--refresh:Read the account anew, or show nothing.'
        case 'report:+'
            set -a offers 'today' 'yesterday' 'week' 'last-week' 'month' 'last-month' 'year' 'last-year' 'all'
        case 'report --from'
            set -a offers 'today' 'yesterday' 'monday' 'tuesday' 'wednesday' 'thursday' 'friday' 'saturday' 'sunday'
        case 'report --to'
            set -a offers 'today' 'yesterday' 'monday' 'tuesday' 'wednesday' 'thursday' 'friday' 'saturday' 'sunday'
        case 'report --period'
            set -a offers 'today' 'yesterday' 'week' 'last-week' 'month' 'last-month' 'year' 'last-year' 'all'
        case 'report --project'
            set -a offers '@projects'
        case 'report -p'
            set -a offers '@projects'
        case 'report --not-project'
            set -a offers '@projects'
        case 'report --tag'
            set -a offers
        case 'report -t'
            set -a offers
        case 'report --user'
            set -a offers 'all'
        case 'report --search'
            set -a offers
        case 'report --by'
            set -a offers '@list' 'project' 'tag' 'day' 'week' 'month' 'user' 'description' 'billable'
        case 'report --source'
            set -a offers 'entries' 'summary'
        case 'report --columns'
            set -a offers
        case 'report --save'
            set -a offers '@files'
        case 'check'
            set -a offers '--max:The running timer is longer than this.' '--idle:Nothing was tracked for so long, in hours of work.'
        case 'check --max'
            set -a offers
        case 'check --idle'
            set -a offers
        case 'watch'
            set -a offers
        case 'auth'
            set -a offers 'login:Take an API key, and work on its account.' 'logout:Forget the key of the profile; its entries stay here.' 'status:Say whether the key works, and where it came from.'
        case 'auth login'
            set -a offers '--with-key:Read the key from standard input instead of asking.' '--user:Who you are, where the key sees several users.' '--insecure-storage:Keep the key in a file, not in the keyring.' '--adopt:Take along what the profile local holds; without either, a terminal asks.' '--no-adopt:Take along what the profile local holds; without either, a terminal asks.' '--adopt-project:For entries that have none.' '--yes:Answer yes instead of being asked.' '-y:Answer yes instead of being asked.'
        case 'auth login --user'
            set -a offers
        case 'auth login --adopt-project'
            set -a offers '@projects'
        case 'auth logout'
            set -a offers '--purge:Remove its entries from this computer, too.' '--yes:Answer yes instead of being asked.' '-y:Answer yes instead of being asked.'
        case 'auth status'
            set -a offers
        case 'sync'
            set -a offers 'resolve:Decide about an entry that cannot be sent as it is.' '--status:List what the account has not got yet, and why.'
        case 'sync resolve'
            set -a offers '--keep:Of a conflict: whose version.' '--is:It arrived, as this entry.' '--send:It did not arrive: send it again.' '--drop:Do not send it: as the account has it.'
        case 'sync resolve:1'
            set -a offers 'last' 'last-1' 'current' '@entries'
        case 'sync resolve --keep'
            set -a offers 'mine' 'theirs'
        case 'sync resolve --is'
            set -a offers
        case 'users'
            set -a offers '--columns:These columns, in this order.' '--save:Into a file: .csv .tsv .json .ndjson .md' '--force:Overwrite that file.'
        case 'users --columns'
            set -a offers
        case 'users --save'
            set -a offers '@files'
        case 'screenshots'
            set -a offers '--today:The period: today.' '--yesterday:Yesterday.' '--week:This week.' '--last-week:The week before.' '--month:This month.' '--last-month:The month before.' '--year:This year.' '--last-year:The year before.' '--all:Everything.' '--from:From this day on, up to today or --to.' '--to:Up to this day, itself included.' '--period:The period in words, as the argument.' '--project:Only these; repeatable.' '-p:Only these; repeatable.' '--not-project:Not these; repeatable.' '--tag:Only with all of these tags; repeatable.' '-t:Only with all of these tags; repeatable.' '--user:On an account: this user\'s, or everybody\'s; not yours.' '--billable:Only what is billable, or is not.' '--no-billable:Only what is billable, or is not.' '--search:Only with this text in description or project.' '--download:Keep the pictures here that are not there yet.' '--columns:These columns, in this order.' '--save:Into a file: .html (a sheet of pictures) .csv .md ...' '--force:Overwrite that file.'
        case 'screenshots:+'
            set -a offers 'today' 'yesterday' 'week' 'last-week' 'month' 'last-month' 'year' 'last-year' 'all'
        case 'screenshots --from'
            set -a offers 'today' 'yesterday' 'monday' 'tuesday' 'wednesday' 'thursday' 'friday' 'saturday' 'sunday'
        case 'screenshots --to'
            set -a offers 'today' 'yesterday' 'monday' 'tuesday' 'wednesday' 'thursday' 'friday' 'saturday' 'sunday'
        case 'screenshots --period'
            set -a offers 'today' 'yesterday' 'week' 'last-week' 'month' 'last-month' 'year' 'last-year' 'all'
        case 'screenshots --project'
            set -a offers '@projects'
        case 'screenshots -p'
            set -a offers '@projects'
        case 'screenshots --not-project'
            set -a offers '@projects'
        case 'screenshots --tag'
            set -a offers
        case 'screenshots -t'
            set -a offers
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
            set -a offers '--method:GET, POST, PUT or DELETE.' '-X:GET, POST, PUT or DELETE.' '--field:A text; repeatable.' '-f:A text; repeatable.' '--typed-field:A number, true, false, null or text.' '-F:A number, true, false, null or text.' '--input:The body; - for standard input.' '--paginate:Read all pages and join them.'
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
            set -a offers 'list:List the projects.' 'add:Make projects.' 'rename:Give a project another name; its entries go with it.' 'archive:Archive projects: kept for their entries, not offered for new ones.'
        case 'projects list'
            set -a offers '--all:Archived ones too.' '--columns:These columns, in this order.' '--save:Into a file: .csv .tsv .json .ndjson .md' '--force:Overwrite that file.'
        case 'projects list --columns'
            set -a offers
        case 'projects list --save'
            set -a offers '@files'
        case 'projects add'
            set -a offers '--billable:What new entries take.' '--no-billable:What new entries take.'
        case 'projects add:+'
            set -a offers
        case 'projects rename'
            set -a offers
        case 'projects rename:1'
            set -a offers '@projects'
        case 'projects rename:2'
            set -a offers
        case 'projects archive'
            set -a offers '--restore:Bring them back instead.'
        case 'projects archive:+'
            set -a offers '@projects'
        case 'profiles'
            set -a offers 'list:List the profiles.' 'use:Make a profile the one that commands work on.' 'rename:Give a profile another name.' 'remove:Forget a profile; its file is kept aside.'
        case 'profiles list'
            set -a offers '--columns:These columns, in this order.'
        case 'profiles list --columns'
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
            set -a offers '--yes:Answer yes instead of being asked.' '-y:Answer yes instead of being asked.'
        case 'profiles remove:1'
            set -a offers '@profiles'
        case 'config'
            set -a offers 'list:List all settings, their values and where each comes from.' 'get:Print the value of a setting.' 'set:Set a value in the file; with -P NAME for that profile alone.' 'unset:Take a value out of the file, so that the default holds.' 'edit:Open the file in $VISUAL or $EDITOR; what is not understood is refused.' 'path:Print where the file is.'
        case 'config list'
            set -a offers '--columns:These columns, in this order.'
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
        case 'config set:2'
            set -a offers
        case 'config unset'
            set -a offers
        case 'config unset:1'
            set -a offers '@settings'
        case 'config edit'
            set -a offers
        case 'config path'
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
            set -a offers '--repair:Save what can be read of a damaged store.'
        case 'serve'
            set -a offers 'keys:The keys of the server\'s users.' 'users:The server\'s users.' '--port:0 takes a free one.' '--host:The address to listen on.' '--data:The server\'s file, if not the usual one.' '--limits:Requests a minute, hour and day for each key; or off.' '--demo:Serve a believable team, in a file of its own.' '--faults:Fail on purpose, as the file says; for tests.' '--public-url:Under which a proxy serves this; repeatable.'
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
        case 'serve keys'
            set -a offers 'add:Make a key; it is printed once.' 'list:List the keys; their text is not kept.' 'revoke:Revoke a key; it holds at once.'
        case 'serve keys add'
            set -a offers '--permissions:time_entries:read ...; repeatable. Without: all.' '--user:Whose: an id or an address.' '--role:owner, admin, manager or member.' '--data:The server\'s file, if not the usual one.'
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
            set -a offers '--data:The server\'s file, if not the usual one.' '--columns:These columns, in this order.'
        case 'serve keys list --data'
            set -a offers '@files'
        case 'serve keys list --columns'
            set -a offers
        case 'serve keys revoke'
            set -a offers '--data:The server\'s file, if not the usual one.'
        case 'serve keys revoke:1'
            set -a offers
        case 'serve keys revoke --data'
            set -a offers '@files'
        case 'serve users'
            set -a offers 'add:Add a user.' 'list:List the users.'
        case 'serve users add'
            set -a offers '--role:owner, admin, manager or member.' '--data:The server\'s file, if not the usual one.'
        case 'serve users add:1'
            set -a offers
        case 'serve users add:2'
            set -a offers
        case 'serve users add --role'
            set -a offers 'owner' 'admin' 'manager' 'member'
        case 'serve users add --data'
            set -a offers '@files'
        case 'serve users list'
            set -a offers '--data:The server\'s file, if not the usual one.' '--columns:These columns, in this order.'
        case 'serve users list --data'
            set -a offers '@files'
        case 'serve users list --columns'
            set -a offers
        case 'help'
            set -a offers
        case 'help:+'
            set -a offers 'times' 'formats' 'exit-codes' 'environment' 'sync' 'start' 'stop' 'status' 'cancel' 'resume' 'add' 'edit' 'split' 'delete' 'undo' 'history' 'log' 'report' 'check' 'watch' 'auth' 'users' 'screenshots' 'api' 'projects' 'profiles' 'config' 'backup' 'restore' 'doctor' 'serve' 'help' 'man' 'prompt' 'completion'
        case 'man'
            set -a offers
        case 'man:1'
            set -a offers 'start' 'stop' 'status' 'cancel' 'resume' 'add' 'edit' 'split' 'delete' 'undo' 'history' 'log' 'report' 'check' 'watch' 'auth' 'sync' 'users' 'screenshots' 'api' 'projects' 'profiles' 'config' 'backup' 'restore' 'doctor' 'serve' 'help' 'man' 'prompt' 'completion'
        case 'prompt'
            set -a offers '--format:With {project}, {description}, {work}, {elapsed} and {today}.' '--shell:bash, zsh or fish: whose prompt it is.'
        case 'prompt --format'
            set -a offers
        case 'prompt --shell'
            set -a offers 'bash' 'zsh' 'fish'
        case 'completion'
            set -a offers '--install:Write it into your folder for it, and say where.' '--force:Overwrite a file there that clockeye has not made.'
        case 'completion:1'
            set -a offers 'bash' 'zsh' 'fish' 'powershell'
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

    set -l value (string sub -s (math (string length -- "$stem") + 1) -- "$current")
    for offer in $offers
        switch "$offer"
            case @files
                printf '%s\n' $stem(__fish_complete_path "$value")
            case @list
                set stem $stem(string replace -r -- '[^,]*$' '' "$value")
            case '@*'
                for line in (command clockeye complete "--profile=$profile" (string sub -s 2 -- $offer) $arguments </dev/null 2>/dev/null)
                    printf '%s\n' $stem(string replace ':' \t -- $line)
                end
            case '-*'
                test -z "$plain"; and string match -q -- '-*' "$current"; and string replace ':' \t -- $offer
            case '*'
                printf '%s\n' $stem(string replace ':' \t -- $offer)
        end
    end
end

complete -c clockeye -k -f -a '(__clockeye_complete)'
