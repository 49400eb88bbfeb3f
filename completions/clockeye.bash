# clockeye: completion for bash, made by `clockeye completion bash`; what is changed here is lost with the next.
#
# Bash puts on the line what a function offers as it is; so each word goes through `printf %q`, unless a quote is
# open. Nothing is evaluated.

_clockeye_offers() { # adds to `offers` what may stand at a place; fails if there is no such place
    case $1 in
        '') offers+=('start' 'stop' 'status' 'cancel' 'resume' 'add' 'edit' 'split' 'delete' 'undo' 'redo' 'history' 'log' 'report' 'gaps' 'export' 'check' 'watch' 'auth' 'sync' 'users' 'screenshots' 'api' 'projects' 'clients' 'invoices' 'tags' 'profiles' 'config' 'import' 'imports' 'backup' 'restore' 'doctor' 'serve' 'help' 'man' 'prompt' 'completion' 'schema' 'skill' 'mcp' '@aliases') ;;
        ':all') offers+=('--profile' '-P' '--output' '-o' '--json' '--quiet' '-q' '--no-input' '--color' '--debug' '--version' '--help') ;;
        '--profile') offers+=('@profiles') ;;
        '-P') offers+=('@profiles') ;;
        '--output') offers+=('table' 'tsv' 'csv' 'json' 'ndjson' 'markdown' 'html' 'pdf' 'xlsx') ;;
        '-o') offers+=('table' 'tsv' 'csv' 'json' 'ndjson' 'markdown' 'html' 'pdf' 'xlsx') ;;
        '--color') offers+=('auto' 'always' 'never') ;;
        'start') offers+=('--project' '-p' '--tag' '-t' '--at' '--billable' '--no-billable' '--if-idle' '--overlap' '--dry-run') ;;
        'start:+') offers+=('@descriptions') ;;
        'start --project') offers+=('none' '@projects') ;;
        'start -p') offers+=('none' '@projects') ;;
        'start --tag') offers+=('@tags') ;;
        'start -t') offers+=('@tags') ;;
        'start --at') offers+=('now' 'last' 'noon' 'midnight') ;;
        'stop') offers+=('--at' '--description' '-d' '--project' '-p' '--tag' '-t' '--untag' '--if-running' '--dry-run') ;;
        'stop --at') offers+=('now' 'last' 'noon' 'midnight') ;;
        'stop --description') offers+=('@descriptions') ;;
        'stop -d') offers+=('@descriptions') ;;
        'stop --project') offers+=('none' '@projects') ;;
        'stop -p') offers+=('none' '@projects') ;;
        'stop --tag') offers+=('@tags') ;;
        'stop -t') offers+=('@tags') ;;
        'stop --untag') offers+=('all' '@tags') ;;
        'status') offers+=('--format') ;;
        'status --format') offers+=('waybar' 'tmux') ;;
        'cancel') offers+=('--yes' '-y' '--dry-run') ;;
        'resume') offers+=('--project' '-p' '--tag' '-t' '--untag' '--at' '--overlap' '--dry-run') ;;
        'resume:+') offers+=('last' 'last-1' 'it' 'current' '@entries') ;;
        'resume --project') offers+=('none' '@projects') ;;
        'resume -p') offers+=('none' '@projects') ;;
        'resume --tag') offers+=('@tags') ;;
        'resume -t') offers+=('@tags') ;;
        'resume --untag') offers+=('all' '@tags') ;;
        'resume --at') offers+=('now' 'last' 'noon' 'midnight') ;;
        'add') offers+=('--project' '-p' '--tag' '-t' '--from' '--to' '--for' '--billable' '--no-billable' '--overlap' '--adjust' '--key' '--dry-run') ;;
        'add:+') offers+=('@descriptions') ;;
        'add --project') offers+=('none' '@projects') ;;
        'add -p') offers+=('none' '@projects') ;;
        'add --tag') offers+=('@tags') ;;
        'add -t') offers+=('@tags') ;;
        'add --from') offers+=('now' 'last' 'noon' 'midnight') ;;
        'add --to') offers+=('now' 'last' 'noon' 'midnight') ;;
        'add --for') offers+=() ;;
        'add --key') offers+=() ;;
        'edit') offers+=('--from' '--to' '--for' '--move' '--description' '-d' '--project' '-p' '--tag' '-t' '--untag' '--billable' '--no-billable' '--overlap' '--adjust' '--dry-run') ;;
        'edit:+') offers+=('last' 'last-1' 'it' 'current' '@entries') ;;
        'edit --from') offers+=('now' 'last' 'noon' 'midnight') ;;
        'edit --to') offers+=('now' 'last' 'noon' 'midnight') ;;
        'edit --for') offers+=() ;;
        'edit --move') offers+=('today' 'yesterday' 'monday' 'tuesday' 'wednesday' 'thursday' 'friday' 'saturday' 'sunday') ;;
        'edit --description') offers+=('@descriptions') ;;
        'edit -d') offers+=('@descriptions') ;;
        'edit --project') offers+=('none' '@projects') ;;
        'edit -p') offers+=('none' '@projects') ;;
        'edit --tag') offers+=('@tags') ;;
        'edit -t') offers+=('@tags') ;;
        'edit --untag') offers+=('all' '@tags') ;;
        'split') offers+=('--at' '--gap' '--dry-run') ;;
        'split:1') offers+=('last' 'last-1' 'it' 'current' '@entries') ;;
        'split --at') offers+=('now' 'last' 'noon' 'midnight') ;;
        'split --gap') offers+=() ;;
        'delete') offers+=('--yes' '-y' '--dry-run') ;;
        'delete:+') offers+=('last' 'last-1' 'it' 'current' '@entries') ;;
        'undo') offers+=('--count' '-n' '--actor' '--yes' '-y' '--dry-run') ;;
        'undo -n') offers+=() ;;
        'undo --count') offers+=() ;;
        'undo --actor') offers+=() ;;
        'redo') offers+=('--count' '-n' '--yes' '-y' '--dry-run') ;;
        'redo -n') offers+=() ;;
        'redo --count') offers+=() ;;
        'history') offers+=('--count' '-n' '--actor' '--columns') ;;
        'history -n') offers+=() ;;
        'history --count') offers+=() ;;
        'history --actor') offers+=() ;;
        'history --columns') offers+=() ;;
        'log') offers+=('--today' '--yesterday' '--week' '--last-week' '--month' '--last-month' '--year' '--last-year' '--all' '--from' '--to' '--period' '--project' '-p' '--not-project' '--client' '--unbilled' '--tag' '-t' '--user' '--billable' '--no-billable' '--search' '--invoice' '--count' '-n' '--chart' '--no-chart' '--columns' '--decimal' '--save' '--force' '--offline' '--refresh') ;;
        'log:1') offers+=('today' 'yesterday' 'week' 'last-week' 'month' 'last-month' 'year' 'last-year' 'all') ;;
        'log:2') offers+=('week' 'month' 'quarter' 'year' 'monday' 'tuesday' 'wednesday' 'thursday' 'friday' 'saturday' 'sunday') ;;
        'log --from') offers+=('today' 'yesterday' 'monday' 'tuesday' 'wednesday' 'thursday' 'friday' 'saturday' 'sunday') ;;
        'log --to') offers+=('today' 'yesterday' 'monday' 'tuesday' 'wednesday' 'thursday' 'friday' 'saturday' 'sunday') ;;
        'log --period') offers+=('today' 'yesterday' 'week' 'last-week' 'month' 'last-month' 'year' 'last-year' 'all') ;;
        'log --project') offers+=('none' '@projects') ;;
        'log -p') offers+=('none' '@projects') ;;
        'log --not-project') offers+=('none' '@projects') ;;
        'log --client') offers+=('none' '@clients') ;;
        'log --tag') offers+=('@tags') ;;
        'log -t') offers+=('@tags') ;;
        'log --user') offers+=('all') ;;
        'log --search') offers+=() ;;
        'log --invoice') offers+=('@invoices') ;;
        'log -n') offers+=() ;;
        'log --count') offers+=() ;;
        'log --columns') offers+=() ;;
        'log --save') offers+=('@files') ;;
        'report') offers+=('--today' '--yesterday' '--week' '--last-week' '--month' '--last-month' '--year' '--last-year' '--all' '--from' '--to' '--period' '--project' '-p' '--not-project' '--client' '--unbilled' '--tag' '-t' '--user' '--billable' '--no-billable' '--search' '--by' '--round' '--money' '--source' '--compare' '--open' '--invoice' '--chart' '--no-chart' '--top' '--columns' '--decimal' '--save' '--force' '--offline' '--refresh') ;;
        'report:1') offers+=('today' 'yesterday' 'week' 'last-week' 'month' 'last-month' 'year' 'last-year' 'all') ;;
        'report:2') offers+=('week' 'month' 'quarter' 'year' 'monday' 'tuesday' 'wednesday' 'thursday' 'friday' 'saturday' 'sunday') ;;
        'report --from') offers+=('today' 'yesterday' 'monday' 'tuesday' 'wednesday' 'thursday' 'friday' 'saturday' 'sunday') ;;
        'report --to') offers+=('today' 'yesterday' 'monday' 'tuesday' 'wednesday' 'thursday' 'friday' 'saturday' 'sunday') ;;
        'report --period') offers+=('today' 'yesterday' 'week' 'last-week' 'month' 'last-month' 'year' 'last-year' 'all') ;;
        'report --project') offers+=('none' '@projects') ;;
        'report -p') offers+=('none' '@projects') ;;
        'report --not-project') offers+=('none' '@projects') ;;
        'report --client') offers+=('none' '@clients') ;;
        'report --tag') offers+=('@tags') ;;
        'report -t') offers+=('@tags') ;;
        'report --user') offers+=('all') ;;
        'report --search') offers+=() ;;
        'report --by') offers+=('@list' 'project' 'client' 'tag' 'day' 'week' 'month' 'quarter' 'year' 'weekday' 'hour' 'user' 'description' 'billable') ;;
        'report --round') offers+=() ;;
        'report --source') offers+=('entries' 'summary') ;;
        'report --invoice') offers+=('@invoices') ;;
        'report --top') offers+=() ;;
        'report --columns') offers+=() ;;
        'report --save') offers+=('@files') ;;
        'gaps') offers+=('--today' '--yesterday' '--week' '--last-week' '--month' '--last-month' '--year' '--last-year' '--all' '--from' '--to' '--period' '--columns' '--decimal' '--save' '--force' '--offline' '--refresh') ;;
        'gaps:1') offers+=('today' 'yesterday' 'week' 'last-week' 'month' 'last-month' 'year' 'last-year' 'all') ;;
        'gaps:2') offers+=('week' 'month' 'quarter' 'year' 'monday' 'tuesday' 'wednesday' 'thursday' 'friday' 'saturday' 'sunday') ;;
        'gaps --from') offers+=('today' 'yesterday' 'monday' 'tuesday' 'wednesday' 'thursday' 'friday' 'saturday' 'sunday') ;;
        'gaps --to') offers+=('today' 'yesterday' 'monday' 'tuesday' 'wednesday' 'thursday' 'friday' 'saturday' 'sunday') ;;
        'gaps --period') offers+=('today' 'yesterday' 'week' 'last-week' 'month' 'last-month' 'year' 'last-year' 'all') ;;
        'gaps --columns') offers+=() ;;
        'gaps --save') offers+=('@files') ;;
        'export') offers+=('--today' '--yesterday' '--week' '--last-week' '--month' '--last-month' '--year' '--last-year' '--all' '--from' '--to' '--period' '--project' '-p' '--not-project' '--client' '--unbilled' '--tag' '-t' '--user' '--billable' '--no-billable' '--search' '--invoice' '--columns' '--decimal' '--save' '--force' '--offline' '--refresh') ;;
        'export:1') offers+=('today' 'yesterday' 'week' 'last-week' 'month' 'last-month' 'year' 'last-year' 'all') ;;
        'export:2') offers+=('week' 'month' 'quarter' 'year' 'monday' 'tuesday' 'wednesday' 'thursday' 'friday' 'saturday' 'sunday') ;;
        'export --from') offers+=('today' 'yesterday' 'monday' 'tuesday' 'wednesday' 'thursday' 'friday' 'saturday' 'sunday') ;;
        'export --to') offers+=('today' 'yesterday' 'monday' 'tuesday' 'wednesday' 'thursday' 'friday' 'saturday' 'sunday') ;;
        'export --period') offers+=('today' 'yesterday' 'week' 'last-week' 'month' 'last-month' 'year' 'last-year' 'all') ;;
        'export --project') offers+=('none' '@projects') ;;
        'export -p') offers+=('none' '@projects') ;;
        'export --not-project') offers+=('none' '@projects') ;;
        'export --client') offers+=('none' '@clients') ;;
        'export --tag') offers+=('@tags') ;;
        'export -t') offers+=('@tags') ;;
        'export --user') offers+=('all') ;;
        'export --search') offers+=() ;;
        'export --invoice') offers+=('@invoices') ;;
        'export --columns') offers+=() ;;
        'export --save') offers+=('@files') ;;
        'export --output') offers+=('table' 'tsv' 'csv' 'json' 'ndjson' 'markdown' 'html' 'pdf' 'xlsx' 'ics' 'klog' 'timeclock') ;;
        'export -o') offers+=('table' 'tsv' 'csv' 'json' 'ndjson' 'markdown' 'html' 'pdf' 'xlsx' 'ics' 'klog' 'timeclock') ;;
        'check') offers+=('--max' '--idle' '--overlaps' '--period' '--budget') ;;
        'check --max') offers+=() ;;
        'check --idle') offers+=() ;;
        'check --period') offers+=('today' 'yesterday' 'week' 'last-week' 'month' 'last-month' 'year' 'last-year' 'all') ;;
        'watch') offers+=() ;;
        'auth') offers+=('login' 'logout' 'status') ;;
        'auth login') offers+=('--with-key' '--user' '--insecure-storage' '--adopt' '--no-adopt' '--adopt-project' '--yes' '-y') ;;
        'auth login --user') offers+=() ;;
        'auth login --adopt-project') offers+=('none' '@projects') ;;
        'auth logout') offers+=('--purge' '--yes' '-y') ;;
        'auth status') offers+=() ;;
        'sync') offers+=('resolve' '--status') ;;
        'sync resolve') offers+=('--keep' '--same-as' '--send' '--drop') ;;
        'sync resolve:1') offers+=('last' 'last-1' 'it' 'current' '@entries') ;;
        'sync resolve --keep') offers+=('mine' 'theirs') ;;
        'sync resolve --same-as') offers+=() ;;
        'sync resolve --is') offers+=() ;;
        'users') offers+=('--columns' '--save' '--force') ;;
        'users --columns') offers+=() ;;
        'users --save') offers+=('@files') ;;
        'screenshots') offers+=('--today' '--yesterday' '--week' '--last-week' '--month' '--last-month' '--year' '--last-year' '--all' '--from' '--to' '--period' '--project' '-p' '--not-project' '--client' '--unbilled' '--tag' '-t' '--user' '--billable' '--no-billable' '--search' '--download' '--columns' '--save' '--force') ;;
        'screenshots:1') offers+=('today' 'yesterday' 'week' 'last-week' 'month' 'last-month' 'year' 'last-year' 'all') ;;
        'screenshots:2') offers+=('week' 'month' 'quarter' 'year' 'monday' 'tuesday' 'wednesday' 'thursday' 'friday' 'saturday' 'sunday') ;;
        'screenshots --from') offers+=('today' 'yesterday' 'monday' 'tuesday' 'wednesday' 'thursday' 'friday' 'saturday' 'sunday') ;;
        'screenshots --to') offers+=('today' 'yesterday' 'monday' 'tuesday' 'wednesday' 'thursday' 'friday' 'saturday' 'sunday') ;;
        'screenshots --period') offers+=('today' 'yesterday' 'week' 'last-week' 'month' 'last-month' 'year' 'last-year' 'all') ;;
        'screenshots --project') offers+=('none' '@projects') ;;
        'screenshots -p') offers+=('none' '@projects') ;;
        'screenshots --not-project') offers+=('none' '@projects') ;;
        'screenshots --client') offers+=('none' '@clients') ;;
        'screenshots --tag') offers+=('@tags') ;;
        'screenshots -t') offers+=('@tags') ;;
        'screenshots --user') offers+=('all') ;;
        'screenshots --search') offers+=() ;;
        'screenshots --download') offers+=('@files') ;;
        'screenshots --columns') offers+=() ;;
        'screenshots --save') offers+=('@files') ;;
        'api') offers+=('--method' '-X' '--field' '-f' '--typed-field' '-F' '--input' '--paginate') ;;
        'api:1') offers+=() ;;
        'api -X') offers+=('GET' 'POST' 'PUT' 'DELETE') ;;
        'api --method') offers+=('GET' 'POST' 'PUT' 'DELETE') ;;
        'api -f') offers+=() ;;
        'api --field') offers+=() ;;
        'api -F') offers+=() ;;
        'api --typed-field') offers+=() ;;
        'api --input') offers+=('@files') ;;
        'projects') offers+=('list' 'add' 'edit' 'rename' 'archive' 'unarchive' 'merge' 'delete' '--all' '--columns' '--save' '--force') ;;
        'projects --columns') offers+=() ;;
        'projects --save') offers+=('@files') ;;
        'projects list') offers+=('--all' '--columns' '--save' '--force') ;;
        'projects list --columns') offers+=() ;;
        'projects list --save') offers+=('@files') ;;
        'projects add') offers+=('--billable' '--no-billable' '--client' '--rate' '--from' '--rounding' '--budget' '--color' '--yes' '-y' '--dry-run') ;;
        'projects add:+') offers+=() ;;
        'projects add --client') offers+=('none' '@clients') ;;
        'projects add --rate') offers+=() ;;
        'projects add --from') offers+=('today' 'yesterday' 'monday' 'tuesday' 'wednesday' 'thursday' 'friday' 'saturday' 'sunday') ;;
        'projects add --rounding') offers+=() ;;
        'projects add --budget') offers+=() ;;
        'projects add --color') offers+=('blue' 'orange' 'violet' 'teal' 'rust' 'lilac' 'navy' 'olive') ;;
        'projects edit') offers+=('--client' '--billable' '--no-billable' '--rate' '--from' '--rounding' '--budget' '--color' '--yes' '-y' '--dry-run') ;;
        'projects edit:1') offers+=('@projects') ;;
        'projects edit --client') offers+=('none' '@clients') ;;
        'projects edit --rate') offers+=() ;;
        'projects edit --from') offers+=('today' 'yesterday' 'monday' 'tuesday' 'wednesday' 'thursday' 'friday' 'saturday' 'sunday') ;;
        'projects edit --rounding') offers+=() ;;
        'projects edit --budget') offers+=() ;;
        'projects edit --color') offers+=('blue' 'orange' 'violet' 'teal' 'rust' 'lilac' 'navy' 'olive') ;;
        'projects rename') offers+=('--dry-run') ;;
        'projects rename:1') offers+=('@projects') ;;
        'projects rename:2') offers+=() ;;
        'projects archive') offers+=('--dry-run') ;;
        'projects archive:+') offers+=('@projects') ;;
        'projects unarchive') offers+=('--dry-run') ;;
        'projects unarchive:+') offers+=('@archived') ;;
        'projects merge') offers+=('--dry-run') ;;
        'projects merge:1') offers+=('@projects') ;;
        'projects merge:2') offers+=('@projects') ;;
        'projects delete') offers+=('--dry-run') ;;
        'projects delete:+') offers+=('@projects') ;;
        'clients') offers+=('list' 'edit' 'rename' 'archive' 'unarchive' '--all' '--columns' '--save' '--force') ;;
        'clients --columns') offers+=() ;;
        'clients --save') offers+=('@files') ;;
        'clients list') offers+=('--all' '--columns' '--save' '--force') ;;
        'clients list --columns') offers+=() ;;
        'clients list --save') offers+=('@files') ;;
        'clients edit') offers+=('--rate' '--from' '--rounding' '--budget' '--address' '--dry-run') ;;
        'clients edit:1') offers+=('@clients') ;;
        'clients edit --rate') offers+=() ;;
        'clients edit --from') offers+=('today' 'yesterday' 'monday' 'tuesday' 'wednesday' 'thursday' 'friday' 'saturday' 'sunday') ;;
        'clients edit --rounding') offers+=() ;;
        'clients edit --budget') offers+=() ;;
        'clients edit --address') offers+=() ;;
        'clients rename') offers+=('--dry-run') ;;
        'clients rename:1') offers+=('@clients') ;;
        'clients rename:2') offers+=() ;;
        'clients archive') offers+=('--dry-run') ;;
        'clients archive:+') offers+=('@clients') ;;
        'clients unarchive') offers+=('--dry-run') ;;
        'clients unarchive:+') offers+=('@archived-clients') ;;
        'invoices') offers+=('list' 'add' 'remove' '--columns' '--save' '--force') ;;
        'invoices --columns') offers+=() ;;
        'invoices --save') offers+=('@files') ;;
        'invoices list') offers+=('--columns' '--save' '--force') ;;
        'invoices list --columns') offers+=() ;;
        'invoices list --save') offers+=('@files') ;;
        'invoices add') offers+=('--today' '--yesterday' '--week' '--last-week' '--month' '--last-month' '--year' '--last-year' '--all' '--from' '--to' '--period' '--project' '-p' '--not-project' '--client' '--unbilled' '--tag' '-t' '--user' '--billable' '--no-billable' '--search' '--yes' '-y' '--dry-run') ;;
        'invoices add:1') offers+=() ;;
        'invoices add:2') offers+=('today' 'yesterday' 'week' 'last-week' 'month' 'last-month' 'year' 'last-year' 'all') ;;
        'invoices add:3') offers+=('week' 'month' 'quarter' 'year' 'monday' 'tuesday' 'wednesday' 'thursday' 'friday' 'saturday' 'sunday') ;;
        'invoices add --from') offers+=('today' 'yesterday' 'monday' 'tuesday' 'wednesday' 'thursday' 'friday' 'saturday' 'sunday') ;;
        'invoices add --to') offers+=('today' 'yesterday' 'monday' 'tuesday' 'wednesday' 'thursday' 'friday' 'saturday' 'sunday') ;;
        'invoices add --period') offers+=('today' 'yesterday' 'week' 'last-week' 'month' 'last-month' 'year' 'last-year' 'all') ;;
        'invoices add --project') offers+=('none' '@projects') ;;
        'invoices add -p') offers+=('none' '@projects') ;;
        'invoices add --not-project') offers+=('none' '@projects') ;;
        'invoices add --client') offers+=('none' '@clients') ;;
        'invoices add --tag') offers+=('@tags') ;;
        'invoices add -t') offers+=('@tags') ;;
        'invoices add --user') offers+=('all') ;;
        'invoices add --search') offers+=() ;;
        'invoices remove') offers+=('--dry-run') ;;
        'invoices remove:1') offers+=('@invoices') ;;
        'tags') offers+=('list' 'rename' '--today' '--yesterday' '--week' '--last-week' '--month' '--last-month' '--year' '--last-year' '--all' '--from' '--to' '--period' '--project' '-p' '--not-project' '--client' '--unbilled' '--tag' '-t' '--user' '--billable' '--no-billable' '--search' '--columns' '--decimal' '--save' '--force' '--offline' '--refresh') ;;
        'tags:1') offers+=('today' 'yesterday' 'week' 'last-week' 'month' 'last-month' 'year' 'last-year' 'all') ;;
        'tags:2') offers+=('week' 'month' 'quarter' 'year' 'monday' 'tuesday' 'wednesday' 'thursday' 'friday' 'saturday' 'sunday') ;;
        'tags --from') offers+=('today' 'yesterday' 'monday' 'tuesday' 'wednesday' 'thursday' 'friday' 'saturday' 'sunday') ;;
        'tags --to') offers+=('today' 'yesterday' 'monday' 'tuesday' 'wednesday' 'thursday' 'friday' 'saturday' 'sunday') ;;
        'tags --period') offers+=('today' 'yesterday' 'week' 'last-week' 'month' 'last-month' 'year' 'last-year' 'all') ;;
        'tags --project') offers+=('none' '@projects') ;;
        'tags -p') offers+=('none' '@projects') ;;
        'tags --not-project') offers+=('none' '@projects') ;;
        'tags --client') offers+=('none' '@clients') ;;
        'tags --tag') offers+=('@tags') ;;
        'tags -t') offers+=('@tags') ;;
        'tags --user') offers+=('all') ;;
        'tags --search') offers+=() ;;
        'tags --columns') offers+=() ;;
        'tags --save') offers+=('@files') ;;
        'tags list') offers+=('--today' '--yesterday' '--week' '--last-week' '--month' '--last-month' '--year' '--last-year' '--all' '--from' '--to' '--period' '--project' '-p' '--not-project' '--client' '--unbilled' '--tag' '-t' '--user' '--billable' '--no-billable' '--search' '--columns' '--decimal' '--save' '--force' '--offline' '--refresh') ;;
        'tags list:1') offers+=('today' 'yesterday' 'week' 'last-week' 'month' 'last-month' 'year' 'last-year' 'all') ;;
        'tags list:2') offers+=('week' 'month' 'quarter' 'year' 'monday' 'tuesday' 'wednesday' 'thursday' 'friday' 'saturday' 'sunday') ;;
        'tags list --from') offers+=('today' 'yesterday' 'monday' 'tuesday' 'wednesday' 'thursday' 'friday' 'saturday' 'sunday') ;;
        'tags list --to') offers+=('today' 'yesterday' 'monday' 'tuesday' 'wednesday' 'thursday' 'friday' 'saturday' 'sunday') ;;
        'tags list --period') offers+=('today' 'yesterday' 'week' 'last-week' 'month' 'last-month' 'year' 'last-year' 'all') ;;
        'tags list --project') offers+=('none' '@projects') ;;
        'tags list -p') offers+=('none' '@projects') ;;
        'tags list --not-project') offers+=('none' '@projects') ;;
        'tags list --client') offers+=('none' '@clients') ;;
        'tags list --tag') offers+=('@tags') ;;
        'tags list -t') offers+=('@tags') ;;
        'tags list --user') offers+=('all') ;;
        'tags list --search') offers+=() ;;
        'tags list --columns') offers+=() ;;
        'tags list --save') offers+=('@files') ;;
        'tags rename') offers+=('--yes' '-y' '--dry-run') ;;
        'tags rename:1') offers+=('@tags') ;;
        'tags rename:2') offers+=('@tags') ;;
        'profiles') offers+=('list' 'add' 'use' 'rename' 'remove' '--columns') ;;
        'profiles --columns') offers+=() ;;
        'profiles list') offers+=('--columns') ;;
        'profiles list --columns') offers+=() ;;
        'profiles add') offers+=() ;;
        'profiles add:1') offers+=() ;;
        'profiles use') offers+=() ;;
        'profiles use:1') offers+=('@profiles') ;;
        'profiles rename') offers+=() ;;
        'profiles rename:1') offers+=('@profiles') ;;
        'profiles rename:2') offers+=() ;;
        'profiles remove') offers+=('--yes' '-y') ;;
        'profiles remove:1') offers+=('@profiles') ;;
        'config') offers+=('list' 'get' 'set' 'unset' 'edit' 'path') ;;
        'config list') offers+=('--columns') ;;
        'config list --columns') offers+=() ;;
        'config get') offers+=() ;;
        'config get:1') offers+=('@settings') ;;
        'config set') offers+=() ;;
        'config set:1') offers+=('@settings') ;;
        'config set:+') offers+=() ;;
        'config unset') offers+=() ;;
        'config unset:1') offers+=('@settings') ;;
        'config edit') offers+=() ;;
        'config path') offers+=() ;;
        'import') offers+=('--sources' '--as' '--map' '--zone' '--dates' '--encoding' '--user' '--project-from' '--task' '--from' '--to' '--update' '--partial' '--yes' '-y' '--dry-run') ;;
        'import:+') offers+=('@files' '-') ;;
        'import --as') offers+=() ;;
        'import --map') offers+=('@files') ;;
        'import --zone') offers+=() ;;
        'import --dates') offers+=('iso' 'dmy' 'mdy') ;;
        'import --encoding') offers+=() ;;
        'import --user') offers+=() ;;
        'import --project-from') offers+=() ;;
        'import --task') offers+=('tag' 'description' 'project' 'drop') ;;
        'import --from') offers+=('today' 'yesterday' 'monday' 'tuesday' 'wednesday' 'thursday' 'friday' 'saturday' 'sunday') ;;
        'import --to') offers+=('today' 'yesterday' 'monday' 'tuesday' 'wednesday' 'thursday' 'friday' 'saturday' 'sunday') ;;
        'imports') offers+=('list' 'undo' '--columns' '--save' '--force') ;;
        'imports --columns') offers+=() ;;
        'imports --save') offers+=('@files') ;;
        'imports list') offers+=('--columns' '--save' '--force') ;;
        'imports list --columns') offers+=() ;;
        'imports list --save') offers+=('@files') ;;
        'imports undo') offers+=('--yes' '-y' '--dry-run') ;;
        'imports undo:1') offers+=() ;;
        'backup') offers+=() ;;
        'backup:1') offers+=('@files') ;;
        'restore') offers+=() ;;
        'restore:1') offers+=('@files') ;;
        'doctor') offers+=('--repair') ;;
        'serve') offers+=('keys' 'users' 'backup' 'move' '--port' '--host' '--data' '--limits' '--demo' '--faults' '--public-url' '--log') ;;
        'serve --port') offers+=() ;;
        'serve --host') offers+=() ;;
        'serve --data') offers+=('@files') ;;
        'serve --limits') offers+=() ;;
        'serve --faults') offers+=('@files') ;;
        'serve --public-url') offers+=() ;;
        'serve --log') offers+=('@files') ;;
        'serve keys') offers+=('add' 'list' 'revoke') ;;
        'serve keys add') offers+=('--permissions' '--user' '--role' '--data') ;;
        'serve keys add:1') offers+=() ;;
        'serve keys add --permissions') offers+=() ;;
        'serve keys add --user') offers+=() ;;
        'serve keys add --role') offers+=('owner' 'admin' 'manager' 'member') ;;
        'serve keys add --data') offers+=('@files') ;;
        'serve keys list') offers+=('--data' '--columns') ;;
        'serve keys list --data') offers+=('@files') ;;
        'serve keys list --columns') offers+=() ;;
        'serve keys revoke') offers+=('--data') ;;
        'serve keys revoke:1') offers+=() ;;
        'serve keys revoke --data') offers+=('@files') ;;
        'serve users') offers+=('add' 'list' 'role' 'remove' 'export') ;;
        'serve users add') offers+=('--role' '--data') ;;
        'serve users add:1') offers+=() ;;
        'serve users add:2') offers+=() ;;
        'serve users add --role') offers+=('owner' 'admin' 'manager' 'member') ;;
        'serve users add --data') offers+=('@files') ;;
        'serve users list') offers+=('--data' '--columns') ;;
        'serve users list --data') offers+=('@files') ;;
        'serve users list --columns') offers+=() ;;
        'serve users role') offers+=('--data') ;;
        'serve users role:1') offers+=() ;;
        'serve users role:2') offers+=('owner' 'admin' 'manager' 'member') ;;
        'serve users role --data') offers+=('@files') ;;
        'serve users remove') offers+=('--delete-entries' '--transfer-to' '--data') ;;
        'serve users remove:1') offers+=() ;;
        'serve users remove --transfer-to') offers+=() ;;
        'serve users remove --data') offers+=('@files') ;;
        'serve users export') offers+=('--data') ;;
        'serve users export:1') offers+=() ;;
        'serve users export --data') offers+=('@files') ;;
        'serve backup') offers+=('--data') ;;
        'serve backup:1') offers+=('@files') ;;
        'serve backup --data') offers+=('@files') ;;
        'serve move') offers+=('--to' '--from') ;;
        'serve move --to') offers+=() ;;
        'serve move --from') offers+=('@files') ;;
        'help') offers+=() ;;
        'help:+') offers+=('times' 'durations' 'formats' 'exit-codes' 'environment' 'sync' 'start' 'stop' 'status' 'cancel' 'resume' 'add' 'edit' 'split' 'delete' 'undo' 'redo' 'history' 'log' 'report' 'gaps' 'export' 'check' 'watch' 'auth' 'users' 'screenshots' 'api' 'projects' 'clients' 'invoices' 'tags' 'profiles' 'config' 'import' 'imports' 'backup' 'restore' 'doctor' 'serve' 'help' 'man' 'prompt' 'completion' 'schema' 'skill' 'mcp') ;;
        'man') offers+=() ;;
        'man:1') offers+=('start' 'stop' 'status' 'cancel' 'resume' 'add' 'edit' 'split' 'delete' 'undo' 'redo' 'history' 'log' 'report' 'gaps' 'export' 'check' 'watch' 'auth' 'sync' 'users' 'screenshots' 'api' 'projects' 'clients' 'invoices' 'tags' 'profiles' 'config' 'import' 'imports' 'backup' 'restore' 'doctor' 'serve' 'help' 'man' 'prompt' 'completion' 'schema' 'skill' 'mcp') ;;
        'prompt') offers+=('--format' '--shell') ;;
        'prompt --format') offers+=() ;;
        'prompt --shell') offers+=('bash' 'zsh' 'fish') ;;
        'completion') offers+=('--install' '--alias' '--force') ;;
        'completion:1') offers+=('bash' 'zsh' 'fish' 'powershell') ;;
        'completion --alias') offers+=() ;;
        'schema') offers+=() ;;
        'schema:+') offers+=('start' 'stop' 'status' 'cancel' 'resume' 'add' 'edit' 'split' 'delete' 'undo' 'redo' 'history' 'log' 'report' 'gaps' 'export' 'check' 'watch' 'auth' 'sync' 'users' 'screenshots' 'api' 'projects' 'clients' 'invoices' 'tags' 'profiles' 'config' 'import' 'imports' 'backup' 'restore' 'doctor' 'serve' 'help' 'man' 'prompt' 'completion' 'schema' 'skill' 'mcp') ;;
        'skill') offers+=('--install') ;;
        'skill --install') offers+=('@files') ;;
        'mcp') offers+=() ;;
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
