# clockeye: completion for PowerShell, made by `clockeye completion powershell`; what is changed here is lost with the
# next. PowerShell puts on the line what it is given as it is; so each word stands in single quotes where it has a
# blank or an @, and no word has a quote. Nothing is evaluated.

$global:ClockeyeOffers = [System.Collections.Generic.Dictionary[string, string[]]]::new() # by place; -p is not -P
$global:ClockeyeOffers[''] = @('start:Start a timer, stopping the running one.', 'stop:Stop the timer and store it as an entry.', 'status:Show the running timer.', 'cancel:Discard the running timer without storing an entry.', 'resume:Start a timer for the work of an earlier entry.', 'add:Store a finished entry.', 'edit:Change entries, or the running timer.', 'split:Split an entry in two.', 'delete:Delete entries.', 'undo:Undo the last command that changed something.', 'history:List the changes made by commands, the latest first.', 'log:List the entries of a period, day by day.', 'report:Sum up a period: a timesheet, or grouped as you choose.', 'check:Report a forgotten timer, for cron and scripts.', 'watch:Watch the timer and the day, with keys to stop and switch.', 'auth:Log in to a ClockEye account, log out, and check the key.', 'sync:Exchange everything with the account now.', 'users:List the users of the account.', 'screenshots:List or download screenshots, or make a contact sheet.', 'api:Send a raw request to the account''s API.', 'projects:List, add, rename and archive projects.', 'profiles:List the profiles, and choose the default.', 'config:Show and change the settings.', 'backup:Copy all of your data to one file.', 'restore:Replace your data with a backup.', 'doctor:Check for problems, and repair damaged data.', 'serve:Serve ClockEye''s API on this computer.', 'help:Explain a command or a topic.', 'man:Show the manual page of a command.', 'prompt:Print the running timer for a shell prompt.', 'completion:Print or install the completion script for a shell.', '@aliases')
$global:ClockeyeOffers[':all'] = @('--profile:Use this profile.', '-P:Use this profile.', '--output:The output format: table, tsv, csv, json, ndjson, markdown.', '-o:The output format: table, tsv, csv, json, ndjson, markdown.', '--json:The same as -o json.', '--quiet:Print no success messages and no notices.', '-q:Print no success messages and no notices.', '--no-input:Never ask questions.', '--color:Colours: auto, always or never.', '--debug:Show the traceback of an error.', '--version:Print the version.', '--help:Show the help.')
$global:ClockeyeOffers['--profile'] = @('@profiles')
$global:ClockeyeOffers['-P'] = @('@profiles')
$global:ClockeyeOffers['--output'] = @('table', 'tsv', 'csv', 'json', 'ndjson', 'markdown')
$global:ClockeyeOffers['-o'] = @('table', 'tsv', 'csv', 'json', 'ndjson', 'markdown')
$global:ClockeyeOffers['--color'] = @('auto', 'always', 'never')
$global:ClockeyeOffers['start'] = @('--project:A name, its beginning, or an id; without a value, pick from a list.', '-p:A name, its beginning, or an id; without a value, pick from a list.', '--tag:Append #TAG to the description; repeatable.', '-t:Append #TAG to the description; repeatable.', '--at:A time other than now: 9:15, 10m ago, yesterday 17:30.', '--billable:Billable or not.', '--no-billable:Billable or not.', '--if-idle:Do nothing if a timer is running.', '--overlap:Allow overlaps with other entries.')
$global:ClockeyeOffers['start:+'] = @('@descriptions')
$global:ClockeyeOffers['start --project'] = @('@projects')
$global:ClockeyeOffers['start -p'] = @('@projects')
$global:ClockeyeOffers['start --tag'] = @()
$global:ClockeyeOffers['start -t'] = @()
$global:ClockeyeOffers['start --at'] = @('now', 'noon', 'midnight')
$global:ClockeyeOffers['stop'] = @('--at:A time other than now: 9:15, 10m ago, yesterday 17:30.', '--description:Replace the description.', '-d:Replace the description.', '--project:A name, its beginning, or an id; without a value, pick from a list.', '-p:A name, its beginning, or an id; without a value, pick from a list.', '--tag:Append #TAG to the description; repeatable.', '-t:Append #TAG to the description; repeatable.', '--if-running:Do not fail if no timer is running.')
$global:ClockeyeOffers['stop --at'] = @('now', 'noon', 'midnight')
$global:ClockeyeOffers['stop --description'] = @('@descriptions')
$global:ClockeyeOffers['stop -d'] = @('@descriptions')
$global:ClockeyeOffers['stop --project'] = @('@projects')
$global:ClockeyeOffers['stop -p'] = @('@projects')
$global:ClockeyeOffers['stop --tag'] = @()
$global:ClockeyeOffers['stop -t'] = @()
$global:ClockeyeOffers['status'] = @('--format:A template with {project}, {description}, {work}, {elapsed}, {today} or {attention}; or waybar or tmux.')
$global:ClockeyeOffers['status --format'] = @('waybar', 'tmux')
$global:ClockeyeOffers['cancel'] = @('--yes:Answer yes to all questions.', '-y:Answer yes to all questions.')
$global:ClockeyeOffers['resume'] = @('--at:A time other than now: 9:15, 10m ago, yesterday 17:30.', '--overlap:Allow overlaps with other entries.')
$global:ClockeyeOffers['resume:1'] = @('last', 'last-1', 'current', '@entries')
$global:ClockeyeOffers['resume --at'] = @('now', 'noon', 'midnight')
$global:ClockeyeOffers['add'] = @('--project:A name, its beginning, or an id; without a value, pick from a list.', '-p:A name, its beginning, or an id; without a value, pick from a list.', '--tag:Append #TAG to the description; repeatable.', '-t:Append #TAG to the description; repeatable.', '--from:The start.', '--to:The end.', '--for:The duration: 90m, 1h30, 0:45, 1.5h.', '--billable:Billable or not.', '--no-billable:Billable or not.', '--overlap:Allow overlaps with other entries.', '--key:A key of your choice; repeating the command with the same key stores nothing new.')
$global:ClockeyeOffers['add:+'] = @('@descriptions')
$global:ClockeyeOffers['add --project'] = @('@projects')
$global:ClockeyeOffers['add -p'] = @('@projects')
$global:ClockeyeOffers['add --tag'] = @()
$global:ClockeyeOffers['add -t'] = @()
$global:ClockeyeOffers['add --from'] = @('now', 'noon', 'midnight')
$global:ClockeyeOffers['add --to'] = @('now', 'noon', 'midnight')
$global:ClockeyeOffers['add --for'] = @()
$global:ClockeyeOffers['add --key'] = @()
$global:ClockeyeOffers['edit'] = @('--from:The start.', '--to:The end.', '--description:Replace the description.', '-d:Replace the description.', '--project:A name, its beginning, or an id; without a value, pick from a list.', '-p:A name, its beginning, or an id; without a value, pick from a list.', '--tag:Append #TAG to the description; repeatable.', '-t:Append #TAG to the description; repeatable.', '--billable:Billable or not.', '--no-billable:Billable or not.', '--overlap:Allow overlaps with other entries.')
$global:ClockeyeOffers['edit:+'] = @('last', 'last-1', 'current', '@entries')
$global:ClockeyeOffers['edit --from'] = @('now', 'noon', 'midnight')
$global:ClockeyeOffers['edit --to'] = @('now', 'noon', 'midnight')
$global:ClockeyeOffers['edit --description'] = @('@descriptions')
$global:ClockeyeOffers['edit -d'] = @('@descriptions')
$global:ClockeyeOffers['edit --project'] = @('@projects')
$global:ClockeyeOffers['edit -p'] = @('@projects')
$global:ClockeyeOffers['edit --tag'] = @()
$global:ClockeyeOffers['edit -t'] = @()
$global:ClockeyeOffers['split'] = @('--at:The time to split at, within the entry.', '--gap:Leave a break of this length after that time.')
$global:ClockeyeOffers['split:1'] = @('last', 'last-1', 'current', '@entries')
$global:ClockeyeOffers['split --at'] = @('now', 'noon', 'midnight')
$global:ClockeyeOffers['split --gap'] = @()
$global:ClockeyeOffers['delete'] = @('--yes:Answer yes to all questions.', '-y:Answer yes to all questions.')
$global:ClockeyeOffers['delete:+'] = @('last', 'last-1', 'current', '@entries')
$global:ClockeyeOffers['undo'] = @('--yes:Answer yes to all questions.', '-y:Answer yes to all questions.')
$global:ClockeyeOffers['history'] = @('--count:Show only the latest COUNT.', '-n:Show only the latest COUNT.', '--columns:Show only these columns, in this order.')
$global:ClockeyeOffers['history -n'] = @()
$global:ClockeyeOffers['history --count'] = @()
$global:ClockeyeOffers['history --columns'] = @()
$global:ClockeyeOffers['log'] = @('--today:Today.', '--yesterday:Yesterday.', '--week:This week.', '--last-week:Last week.', '--month:This month.', '--last-month:Last month.', '--year:This year.', '--last-year:Last year.', '--all:Everything.', '--from:The first day; the period ends today or with --to.', '--to:The last day.', '--period:The same as the PERIOD argument.', '--project:Only this project; repeatable.', '-p:Only this project; repeatable.', '--not-project:Exclude this project; repeatable.', '--tag:Only entries with this tag; repeatable.', '-t:Only entries with this tag; repeatable.', '--user:On an account: the entries of this user, or of everybody.', '--billable:Only billable entries, or only non-billable ones.', '--no-billable:Only billable entries, or only non-billable ones.', '--search:Only entries with this text in the description or project.', '--count:Show only the latest COUNT.', '-n:Show only the latest COUNT.', '--columns:Show only these columns, in this order.', '--decimal:Show 1.50 hours instead of 1:30:00.', '--save:Write to a file: .csv .tsv .json .ndjson .md', '--force:Overwrite an existing file.', '--offline:Show the stored entries without reading from the account.', '--refresh:Always read from the account; fail if it cannot be reached.')
$global:ClockeyeOffers['log:+'] = @('today', 'yesterday', 'week', 'last-week', 'month', 'last-month', 'year', 'last-year', 'all')
$global:ClockeyeOffers['log --from'] = @('today', 'yesterday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday')
$global:ClockeyeOffers['log --to'] = @('today', 'yesterday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday')
$global:ClockeyeOffers['log --period'] = @('today', 'yesterday', 'week', 'last-week', 'month', 'last-month', 'year', 'last-year', 'all')
$global:ClockeyeOffers['log --project'] = @('@projects')
$global:ClockeyeOffers['log -p'] = @('@projects')
$global:ClockeyeOffers['log --not-project'] = @('@projects')
$global:ClockeyeOffers['log --tag'] = @()
$global:ClockeyeOffers['log -t'] = @()
$global:ClockeyeOffers['log --user'] = @('all')
$global:ClockeyeOffers['log --search'] = @()
$global:ClockeyeOffers['log -n'] = @()
$global:ClockeyeOffers['log --count'] = @()
$global:ClockeyeOffers['log --columns'] = @()
$global:ClockeyeOffers['log --save'] = @('@files')
$global:ClockeyeOffers['report'] = @('--today:Today.', '--yesterday:Yesterday.', '--week:This week.', '--last-week:Last week.', '--month:This month.', '--last-month:Last month.', '--year:This year.', '--last-year:Last year.', '--all:Everything.', '--from:The first day; the period ends today or with --to.', '--to:The last day.', '--period:The same as the PERIOD argument.', '--project:Only this project; repeatable.', '-p:Only this project; repeatable.', '--not-project:Exclude this project; repeatable.', '--tag:Only entries with this tag; repeatable.', '-t:Only entries with this tag; repeatable.', '--user:On an account: the entries of this user, or of everybody.', '--billable:Only billable entries, or only non-billable ones.', '--no-billable:Only billable entries, or only non-billable ones.', '--search:Only entries with this text in the description or project.', '--by:project, tag, day, week, month, quarter, year, weekday, hour, user, description, billable; or several: week,project.', '--source:summary: ClockEye''s own totals, by project, user or day.', '--columns:Show only these columns, in this order.', '--decimal:Show 1.50 hours instead of 1:30:00.', '--save:Write to a file: .csv .tsv .json .ndjson .md', '--force:Overwrite an existing file.', '--offline:Show the stored entries without reading from the account.', '--refresh:Always read from the account; fail if it cannot be reached.')
$global:ClockeyeOffers['report:+'] = @('today', 'yesterday', 'week', 'last-week', 'month', 'last-month', 'year', 'last-year', 'all')
$global:ClockeyeOffers['report --from'] = @('today', 'yesterday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday')
$global:ClockeyeOffers['report --to'] = @('today', 'yesterday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday')
$global:ClockeyeOffers['report --period'] = @('today', 'yesterday', 'week', 'last-week', 'month', 'last-month', 'year', 'last-year', 'all')
$global:ClockeyeOffers['report --project'] = @('@projects')
$global:ClockeyeOffers['report -p'] = @('@projects')
$global:ClockeyeOffers['report --not-project'] = @('@projects')
$global:ClockeyeOffers['report --tag'] = @()
$global:ClockeyeOffers['report -t'] = @()
$global:ClockeyeOffers['report --user'] = @('all')
$global:ClockeyeOffers['report --search'] = @()
$global:ClockeyeOffers['report --by'] = @('@list', 'project', 'tag', 'day', 'week', 'month', 'quarter', 'year', 'weekday', 'hour', 'user', 'description', 'billable')
$global:ClockeyeOffers['report --source'] = @('entries', 'summary')
$global:ClockeyeOffers['report --columns'] = @()
$global:ClockeyeOffers['report --save'] = @('@files')
$global:ClockeyeOffers['check'] = @('--max:Report a running timer longer than this.', '--idle:Report if nothing was tracked for this long during working hours.')
$global:ClockeyeOffers['check --max'] = @()
$global:ClockeyeOffers['check --idle'] = @()
$global:ClockeyeOffers['watch'] = @()
$global:ClockeyeOffers['auth'] = @('login:Log in with an API key and switch to its profile.', 'logout:Delete the profile''s key; keep its entries on this computer.', 'status:Show whether the key works and where it comes from.')
$global:ClockeyeOffers['auth login'] = @('--with-key:Read the key from standard input instead of asking.', '--user:Who you are, if the key can see several users.', '--insecure-storage:Store the key in an unencrypted file instead of the keyring.', '--adopt:Whether to move the entries of the local profile to the account. [default: ask]', '--no-adopt:Whether to move the entries of the local profile to the account. [default: ask]', '--adopt-project:The project for entries without one.', '--yes:Answer yes to all questions.', '-y:Answer yes to all questions.')
$global:ClockeyeOffers['auth login --user'] = @()
$global:ClockeyeOffers['auth login --adopt-project'] = @('@projects')
$global:ClockeyeOffers['auth logout'] = @('--purge:Also remove its entries from this computer.', '--yes:Answer yes to all questions.', '-y:Answer yes to all questions.')
$global:ClockeyeOffers['auth status'] = @()
$global:ClockeyeOffers['sync'] = @('resolve:Decide what to do with an entry that cannot be sent as it is.', '--status:List the changes that have not been sent, and why.')
$global:ClockeyeOffers['sync resolve'] = @('--keep:The version to keep in a conflict.', '--is:It arrived and has this id on the account.', '--send:It did not arrive: send it again.', '--drop:Do not send it; keep the account''s version.')
$global:ClockeyeOffers['sync resolve:1'] = @('last', 'last-1', 'current', '@entries')
$global:ClockeyeOffers['sync resolve --keep'] = @('mine', 'theirs')
$global:ClockeyeOffers['sync resolve --is'] = @()
$global:ClockeyeOffers['users'] = @('--columns:Show only these columns, in this order.', '--save:Write to a file: .csv .tsv .json .ndjson .md', '--force:Overwrite an existing file.')
$global:ClockeyeOffers['users --columns'] = @()
$global:ClockeyeOffers['users --save'] = @('@files')
$global:ClockeyeOffers['screenshots'] = @('--today:Today.', '--yesterday:Yesterday.', '--week:This week.', '--last-week:Last week.', '--month:This month.', '--last-month:Last month.', '--year:This year.', '--last-year:Last year.', '--all:Everything.', '--from:The first day; the period ends today or with --to.', '--to:The last day.', '--period:The same as the PERIOD argument.', '--project:Only this project; repeatable.', '-p:Only this project; repeatable.', '--not-project:Exclude this project; repeatable.', '--tag:Only entries with this tag; repeatable.', '-t:Only entries with this tag; repeatable.', '--user:On an account: the entries of this user, or of everybody.', '--billable:Only billable entries, or only non-billable ones.', '--no-billable:Only billable entries, or only non-billable ones.', '--search:Only entries with this text in the description or project.', '--download:Download the pictures to this folder.', '--columns:Show only these columns, in this order.', '--save:Save to a file: .html (contact sheet), .csv, .md ...', '--force:Overwrite an existing file.')
$global:ClockeyeOffers['screenshots:+'] = @('today', 'yesterday', 'week', 'last-week', 'month', 'last-month', 'year', 'last-year', 'all')
$global:ClockeyeOffers['screenshots --from'] = @('today', 'yesterday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday')
$global:ClockeyeOffers['screenshots --to'] = @('today', 'yesterday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday')
$global:ClockeyeOffers['screenshots --period'] = @('today', 'yesterday', 'week', 'last-week', 'month', 'last-month', 'year', 'last-year', 'all')
$global:ClockeyeOffers['screenshots --project'] = @('@projects')
$global:ClockeyeOffers['screenshots -p'] = @('@projects')
$global:ClockeyeOffers['screenshots --not-project'] = @('@projects')
$global:ClockeyeOffers['screenshots --tag'] = @()
$global:ClockeyeOffers['screenshots -t'] = @()
$global:ClockeyeOffers['screenshots --user'] = @('all')
$global:ClockeyeOffers['screenshots --search'] = @()
$global:ClockeyeOffers['screenshots --download'] = @('@files')
$global:ClockeyeOffers['screenshots --columns'] = @()
$global:ClockeyeOffers['screenshots --save'] = @('@files')
$global:ClockeyeOffers['api'] = @('--method:GET, POST, PUT or DELETE.', '-X:GET, POST, PUT or DELETE.', '--field:Add a text field; repeatable.', '-f:Add a text field; repeatable.', '--typed-field:Add a field: a number, true, false, null or text; repeatable.', '-F:Add a field: a number, true, false, null or text; repeatable.', '--input:Read the body from this file; - for standard input.', '--paginate:Read all pages and combine them.')
$global:ClockeyeOffers['api:1'] = @()
$global:ClockeyeOffers['api -X'] = @('GET', 'POST', 'PUT', 'DELETE')
$global:ClockeyeOffers['api --method'] = @('GET', 'POST', 'PUT', 'DELETE')
$global:ClockeyeOffers['api -f'] = @()
$global:ClockeyeOffers['api --field'] = @()
$global:ClockeyeOffers['api -F'] = @()
$global:ClockeyeOffers['api --typed-field'] = @()
$global:ClockeyeOffers['api --input'] = @('@files')
$global:ClockeyeOffers['projects'] = @('list:List the projects.', 'add:Create projects.', 'rename:Rename a project; it keeps its entries.', 'archive:Archive projects: they keep their entries, but accept no new ones.', 'unarchive:Bring archived projects back.')
$global:ClockeyeOffers['projects list'] = @('--all:Include archived projects.', '--columns:Show only these columns, in this order.', '--save:Write to a file: .csv .tsv .json .ndjson .md', '--force:Overwrite an existing file.')
$global:ClockeyeOffers['projects list --columns'] = @()
$global:ClockeyeOffers['projects list --save'] = @('@files')
$global:ClockeyeOffers['projects add'] = @('--billable:Whether new entries are billable.', '--no-billable:Whether new entries are billable.')
$global:ClockeyeOffers['projects add:+'] = @()
$global:ClockeyeOffers['projects rename'] = @()
$global:ClockeyeOffers['projects rename:1'] = @('@projects')
$global:ClockeyeOffers['projects rename:2'] = @()
$global:ClockeyeOffers['projects archive'] = @()
$global:ClockeyeOffers['projects archive:+'] = @('@projects')
$global:ClockeyeOffers['projects unarchive'] = @()
$global:ClockeyeOffers['projects unarchive:+'] = @('@archived')
$global:ClockeyeOffers['profiles'] = @('list:List the profiles.', 'use:Make a profile the default.', 'rename:Rename a profile.', 'remove:Remove a profile; its entries are kept in a separate file.')
$global:ClockeyeOffers['profiles list'] = @('--columns:Show only these columns, in this order.')
$global:ClockeyeOffers['profiles list --columns'] = @()
$global:ClockeyeOffers['profiles use'] = @()
$global:ClockeyeOffers['profiles use:1'] = @('@profiles')
$global:ClockeyeOffers['profiles rename'] = @()
$global:ClockeyeOffers['profiles rename:1'] = @('@profiles')
$global:ClockeyeOffers['profiles rename:2'] = @()
$global:ClockeyeOffers['profiles remove'] = @('--yes:Answer yes to all questions.', '-y:Answer yes to all questions.')
$global:ClockeyeOffers['profiles remove:1'] = @('@profiles')
$global:ClockeyeOffers['config'] = @('list:List all settings, their values and where each comes from.', 'get:Print the value of a setting.', 'set:Set a value in the config file; with -P NAME for that profile only.', 'unset:Remove a value from the config file, so that the default applies.', 'edit:Edit the config file in $VISUAL or $EDITOR; invalid settings are refused.', 'path:Print the path of the config file.')
$global:ClockeyeOffers['config list'] = @('--columns:Show only these columns, in this order.')
$global:ClockeyeOffers['config list --columns'] = @()
$global:ClockeyeOffers['config get'] = @()
$global:ClockeyeOffers['config get:1'] = @('@settings')
$global:ClockeyeOffers['config set'] = @()
$global:ClockeyeOffers['config set:1'] = @('@settings')
$global:ClockeyeOffers['config set:2'] = @()
$global:ClockeyeOffers['config unset'] = @()
$global:ClockeyeOffers['config unset:1'] = @('@settings')
$global:ClockeyeOffers['config edit'] = @()
$global:ClockeyeOffers['config path'] = @()
$global:ClockeyeOffers['backup'] = @()
$global:ClockeyeOffers['backup:1'] = @('@files')
$global:ClockeyeOffers['restore'] = @()
$global:ClockeyeOffers['restore:1'] = @('@files')
$global:ClockeyeOffers['doctor'] = @('--repair:Recover everything readable from a damaged store.')
$global:ClockeyeOffers['serve'] = @('keys:Manage the API keys of the server.', 'users:Manage the users of the server.', 'backup:Copy the server''s data into a new file, while it serves.', '--port:The port; 0 for any free port.', '--host:The address to listen on.', '--data:The file with the data, instead of the default one.', '--limits:Requests per minute, hour and day for each key; or off.', '--demo:Serve a demo team from its own file.', '--faults:Inject the failures that this file describes.', '--public-url:A public URL at which a proxy serves the API; repeatable.', '--log:Log each request as a line of JSON; - for standard output.')
$global:ClockeyeOffers['serve --port'] = @()
$global:ClockeyeOffers['serve --host'] = @()
$global:ClockeyeOffers['serve --data'] = @('@files')
$global:ClockeyeOffers['serve --limits'] = @()
$global:ClockeyeOffers['serve --faults'] = @('@files')
$global:ClockeyeOffers['serve --public-url'] = @()
$global:ClockeyeOffers['serve --log'] = @('@files')
$global:ClockeyeOffers['serve keys'] = @('add:Create a key and print it.', 'list:List the keys, without their secrets.', 'revoke:Revoke a key immediately.')
$global:ClockeyeOffers['serve keys add'] = @('--permissions:A permission, such as time_entries:read; repeatable. [default: all]', '--user:User of the key: id or e-mail.', '--role:Role: owner, admin, manager or member.', '--data:The file with the data, instead of the default one.')
$global:ClockeyeOffers['serve keys add:1'] = @()
$global:ClockeyeOffers['serve keys add --permissions'] = @()
$global:ClockeyeOffers['serve keys add --user'] = @()
$global:ClockeyeOffers['serve keys add --role'] = @('owner', 'admin', 'manager', 'member')
$global:ClockeyeOffers['serve keys add --data'] = @('@files')
$global:ClockeyeOffers['serve keys list'] = @('--data:The file with the data, instead of the default one.', '--columns:Show only these columns, in this order.')
$global:ClockeyeOffers['serve keys list --data'] = @('@files')
$global:ClockeyeOffers['serve keys list --columns'] = @()
$global:ClockeyeOffers['serve keys revoke'] = @('--data:The file with the data, instead of the default one.')
$global:ClockeyeOffers['serve keys revoke:1'] = @()
$global:ClockeyeOffers['serve keys revoke --data'] = @('@files')
$global:ClockeyeOffers['serve users'] = @('add:Add a user.', 'list:List the users.', 'role:Change the role of a user.', 'remove:Remove a user and their keys.', 'export:Print everything that is stored about a user, as JSON.')
$global:ClockeyeOffers['serve users add'] = @('--role:Role: owner, admin, manager or member.', '--data:The file with the data, instead of the default one.')
$global:ClockeyeOffers['serve users add:1'] = @()
$global:ClockeyeOffers['serve users add:2'] = @()
$global:ClockeyeOffers['serve users add --role'] = @('owner', 'admin', 'manager', 'member')
$global:ClockeyeOffers['serve users add --data'] = @('@files')
$global:ClockeyeOffers['serve users list'] = @('--data:The file with the data, instead of the default one.', '--columns:Show only these columns, in this order.')
$global:ClockeyeOffers['serve users list --data'] = @('@files')
$global:ClockeyeOffers['serve users list --columns'] = @()
$global:ClockeyeOffers['serve users role'] = @('--data:The file with the data, instead of the default one.')
$global:ClockeyeOffers['serve users role:1'] = @()
$global:ClockeyeOffers['serve users role:2'] = @('owner', 'admin', 'manager', 'member')
$global:ClockeyeOffers['serve users role --data'] = @('@files')
$global:ClockeyeOffers['serve users remove'] = @('--delete-entries:Delete their entries and screenshots.', '--transfer-to:Give their entries and screenshots to this user.', '--data:The file with the data, instead of the default one.')
$global:ClockeyeOffers['serve users remove:1'] = @()
$global:ClockeyeOffers['serve users remove --transfer-to'] = @()
$global:ClockeyeOffers['serve users remove --data'] = @('@files')
$global:ClockeyeOffers['serve users export'] = @('--data:The file with the data, instead of the default one.')
$global:ClockeyeOffers['serve users export:1'] = @()
$global:ClockeyeOffers['serve users export --data'] = @('@files')
$global:ClockeyeOffers['serve backup'] = @('--data:The file with the data, instead of the default one.')
$global:ClockeyeOffers['serve backup:1'] = @('@files')
$global:ClockeyeOffers['serve backup --data'] = @('@files')
$global:ClockeyeOffers['help'] = @()
$global:ClockeyeOffers['help:+'] = @('times', 'formats', 'exit-codes', 'environment', 'sync', 'start', 'stop', 'status', 'cancel', 'resume', 'add', 'edit', 'split', 'delete', 'undo', 'history', 'log', 'report', 'check', 'watch', 'auth', 'users', 'screenshots', 'api', 'projects', 'profiles', 'config', 'backup', 'restore', 'doctor', 'serve', 'help', 'man', 'prompt', 'completion')
$global:ClockeyeOffers['man'] = @()
$global:ClockeyeOffers['man:1'] = @('start', 'stop', 'status', 'cancel', 'resume', 'add', 'edit', 'split', 'delete', 'undo', 'history', 'log', 'report', 'check', 'watch', 'auth', 'sync', 'users', 'screenshots', 'api', 'projects', 'profiles', 'config', 'backup', 'restore', 'doctor', 'serve', 'help', 'man', 'prompt', 'completion')
$global:ClockeyeOffers['prompt'] = @('--format:A template with {project}, {description}, {work}, {elapsed}, {today} or {attention}.', '--shell:Escape the text for the prompt of this shell: bash, zsh or fish.')
$global:ClockeyeOffers['prompt --format'] = @()
$global:ClockeyeOffers['prompt --shell'] = @('bash', 'zsh', 'fish')
$global:ClockeyeOffers['completion'] = @('--install:Install the script in the shell''s completion folder.', '--alias:Also make this word a shell alias of clockeye, with completion.', '--force:Overwrite a file that clockeye did not create.')
$global:ClockeyeOffers['completion:1'] = @('bash', 'zsh', 'fish', 'powershell')
$global:ClockeyeOffers['completion --alias'] = @()

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
