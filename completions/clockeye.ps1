# clockeye: completion for PowerShell, made by `clockeye completion powershell`; what is changed here is lost with the
# next. PowerShell puts on the line what it is given as it is; so each word stands in single quotes where it has a
# blank or an @, and no word has a quote. Nothing is evaluated.

$global:ClockeyeOffers = [System.Collections.Generic.Dictionary[string, string[]]]::new() # by place; -p is not -P
$global:ClockeyeOffers[''] = @('start:Start a timer; one that runs is stopped at the same instant.', 'stop:Stop the timer: it becomes an entry.', 'status:Say what runs, and for how long.', 'cancel:Take the running timer away without an entry.', 'resume:Start again what was worked on before.', 'add:Store an entry that is over.', 'edit:Change entries, or the timer that runs.', 'split:Make two entries of one.', 'delete:Delete entries.', 'undo:Take back the last command that changed something.', 'history:List what commands have changed, the latest first.', 'log:List the entries of a period, day by day.', 'report:Sum up a period: a timesheet, or by what you choose.', 'check:Look whether a timer was forgotten, for cron and scripts.', 'watch:Watch the timer and the day, with keys to stop and switch.', 'auth:Log in to a ClockEye account, log out, see how things stand.', 'sync:Exchange everything with the account now.', 'users:List the users of the account.', 'screenshots:List screenshots, download them, put them on a sheet.', 'api:Send a raw request to the account''s API.', 'projects:List, add, rename and archive projects.', 'profiles:List the profiles, and choose the one to work on.', 'config:Show and change the settings.', 'backup:Copy everything that is tracked into one file.', 'restore:Put a backup in the place of what is tracked.', 'doctor:Look whether all is well, and mend what is not.', 'serve:Serve ClockEye''s API on this computer.', 'help:Explain a command or a topic.', 'man:Show the manual page of a command.', 'prompt:Print what runs, for the shell''s prompt.', 'completion:Print or install what completes command lines in a shell.')
$global:ClockeyeOffers[':all'] = @('--profile:Work on this profile.', '-P:Work on this profile.', '--output:How results are written: table, tsv, csv, json, ndjson, markdown.', '-o:How results are written: table, tsv, csv, json, ndjson, markdown.', '--json:The same as -o json.', '--quiet:No line of success and no notices; only errors.', '-q:No line of success and no notices; only errors.', '--no-input:Never ask a question.', '--color:Colours: auto, always or never.', '--debug:Show where in the program an error arose.', '--version:Print the version.', '--help:Explain it.')
$global:ClockeyeOffers['--profile'] = @('@profiles')
$global:ClockeyeOffers['-P'] = @('@profiles')
$global:ClockeyeOffers['--output'] = @('table', 'tsv', 'csv', 'json', 'ndjson', 'markdown')
$global:ClockeyeOffers['-o'] = @('table', 'tsv', 'csv', 'json', 'ndjson', 'markdown')
$global:ClockeyeOffers['--color'] = @('auto', 'always', 'never')
$global:ClockeyeOffers['start'] = @('--project:Its name, the beginning of it, or its id; without a value: pick one.', '-p:Its name, the beginning of it, or its id; without a value: pick one.', '--tag:Put #TAG at the end; repeatable.', '-t:Put #TAG at the end; repeatable.', '--at:Not now but then: 9:15, 10m ago, yesterday 17:30.', '--billable:Whether it is billable.', '--no-billable:Whether it is billable.', '--if-idle:Leave a timer that runs as it is.', '--overlap:Store it even where it overlaps others.')
$global:ClockeyeOffers['start:+'] = @('@descriptions')
$global:ClockeyeOffers['start --project'] = @('@projects')
$global:ClockeyeOffers['start -p'] = @('@projects')
$global:ClockeyeOffers['start --tag'] = @()
$global:ClockeyeOffers['start -t'] = @()
$global:ClockeyeOffers['start --at'] = @('now', 'noon', 'midnight')
$global:ClockeyeOffers['stop'] = @('--at:Not now but then: 9:15, 10m ago, yesterday 17:30.', '--description:The description instead.', '-d:The description instead.', '--project:Its name, the beginning of it, or its id; without a value: pick one.', '-p:Its name, the beginning of it, or its id; without a value: pick one.', '--tag:Put #TAG at the end; repeatable.', '-t:Put #TAG at the end; repeatable.', '--if-running:Be content if no timer runs.')
$global:ClockeyeOffers['stop --at'] = @('now', 'noon', 'midnight')
$global:ClockeyeOffers['stop --description'] = @('@descriptions')
$global:ClockeyeOffers['stop -d'] = @('@descriptions')
$global:ClockeyeOffers['stop --project'] = @('@projects')
$global:ClockeyeOffers['stop -p'] = @('@projects')
$global:ClockeyeOffers['stop --tag'] = @()
$global:ClockeyeOffers['stop -t'] = @()
$global:ClockeyeOffers['status'] = @('--format:With {project}, {description}, {work}, {elapsed} and {today}; or waybar, or tmux.')
$global:ClockeyeOffers['status --format'] = @('waybar', 'tmux')
$global:ClockeyeOffers['cancel'] = @('--yes:Answer yes instead of being asked.', '-y:Answer yes instead of being asked.')
$global:ClockeyeOffers['resume'] = @('--at:Not now but then: 9:15, 10m ago, yesterday 17:30.', '--overlap:Store it even where it overlaps others.')
$global:ClockeyeOffers['resume:1'] = @('last', 'last-1', 'current', '@entries')
$global:ClockeyeOffers['resume --at'] = @('now', 'noon', 'midnight')
$global:ClockeyeOffers['add'] = @('--project:Its name, the beginning of it, or its id; without a value: pick one.', '-p:Its name, the beginning of it, or its id; without a value: pick one.', '--tag:Put #TAG at the end; repeatable.', '-t:Put #TAG at the end; repeatable.', '--from:The start.', '--to:The end.', '--for:How long: 90m, 1h30, 0:45, 1.5h.', '--billable:Whether it is billable.', '--no-billable:Whether it is billable.', '--overlap:Store it even where it overlaps others.', '--key:Safe to repeat: the same key is stored once.')
$global:ClockeyeOffers['add:+'] = @('@descriptions')
$global:ClockeyeOffers['add --project'] = @('@projects')
$global:ClockeyeOffers['add -p'] = @('@projects')
$global:ClockeyeOffers['add --tag'] = @()
$global:ClockeyeOffers['add -t'] = @()
$global:ClockeyeOffers['add --from'] = @('now', 'noon', 'midnight')
$global:ClockeyeOffers['add --to'] = @('now', 'noon', 'midnight')
$global:ClockeyeOffers['add --for'] = @()
$global:ClockeyeOffers['add --key'] = @()
$global:ClockeyeOffers['edit'] = @('--from:The start.', '--to:The end.', '--description:The description instead.', '-d:The description instead.', '--project:Its name, the beginning of it, or its id; without a value: pick one.', '-p:Its name, the beginning of it, or its id; without a value: pick one.', '--tag:Put #TAG at the end; repeatable.', '-t:Put #TAG at the end; repeatable.', '--billable:Whether it is billable.', '--no-billable:Whether it is billable.', '--overlap:Store it even where it overlaps others.')
$global:ClockeyeOffers['edit:+'] = @('last', 'last-1', 'current', '@entries')
$global:ClockeyeOffers['edit --from'] = @('now', 'noon', 'midnight')
$global:ClockeyeOffers['edit --to'] = @('now', 'noon', 'midnight')
$global:ClockeyeOffers['edit --description'] = @('@descriptions')
$global:ClockeyeOffers['edit -d'] = @('@descriptions')
$global:ClockeyeOffers['edit --project'] = @('@projects')
$global:ClockeyeOffers['edit -p'] = @('@projects')
$global:ClockeyeOffers['edit --tag'] = @()
$global:ClockeyeOffers['edit -t'] = @()
$global:ClockeyeOffers['split'] = @('--at:Where, within the entry.', '--gap:Cut out so much after it.')
$global:ClockeyeOffers['split:1'] = @('last', 'last-1', 'current', '@entries')
$global:ClockeyeOffers['split --at'] = @('now', 'noon', 'midnight')
$global:ClockeyeOffers['split --gap'] = @()
$global:ClockeyeOffers['delete'] = @('--yes:Answer yes instead of being asked.', '-y:Answer yes instead of being asked.')
$global:ClockeyeOffers['delete:+'] = @('last', 'last-1', 'current', '@entries')
$global:ClockeyeOffers['undo'] = @('--yes:Answer yes instead of being asked.', '-y:Answer yes instead of being asked.')
$global:ClockeyeOffers['history'] = @('--count:The last so many.', '-n:The last so many.', '--columns:These columns, in this order.')
$global:ClockeyeOffers['history -n'] = @()
$global:ClockeyeOffers['history --count'] = @()
$global:ClockeyeOffers['history --columns'] = @()
$global:ClockeyeOffers['log'] = @('--today:The period: today.', '--yesterday:Yesterday.', '--week:This week.', '--last-week:The week before.', '--month:This month.', '--last-month:The month before.', '--year:This year.', '--last-year:The year before.', '--all:Everything.', '--from:From this day on, up to today or --to.', '--to:Up to this day, itself included.', '--period:The period in words, as the argument.', '--project:Only these; repeatable.', '-p:Only these; repeatable.', '--not-project:Not these; repeatable.', '--tag:Only with all of these tags; repeatable.', '-t:Only with all of these tags; repeatable.', '--user:On an account: this user''s, or everybody''s; not yours.', '--billable:Only what is billable, or is not.', '--no-billable:Only what is billable, or is not.', '--search:Only with this text in description or project.', '--count:The last so many.', '-n:The last so many.', '--columns:These columns, in this order.', '--decimal:Hours as 1.50 instead of 1:30:00.', '--save:Into a file: .csv .tsv .json .ndjson .md', '--force:Overwrite that file.', '--offline:Show what is here; the account is not asked.', '--refresh:Read the account anew, or show nothing.')
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
$global:ClockeyeOffers['report'] = @('--today:The period: today.', '--yesterday:Yesterday.', '--week:This week.', '--last-week:The week before.', '--month:This month.', '--last-month:The month before.', '--year:This year.', '--last-year:The year before.', '--all:Everything.', '--from:From this day on, up to today or --to.', '--to:Up to this day, itself included.', '--period:The period in words, as the argument.', '--project:Only these; repeatable.', '-p:Only these; repeatable.', '--not-project:Not these; repeatable.', '--tag:Only with all of these tags; repeatable.', '-t:Only with all of these tags; repeatable.', '--user:On an account: this user''s, or everybody''s; not yours.', '--billable:Only what is billable, or is not.', '--no-billable:Only what is billable, or is not.', '--search:Only with this text in description or project.', '--by:project, tag, day, week, month, user, description, billable; or some: week,project.', '--source:summary: what ClockEye has added up, by project, user or day.', '--columns:These columns, in this order.', '--decimal:Hours as 1.50 instead of 1:30:00.', '--save:Into a file: .csv .tsv .json .ndjson .md', '--force:Overwrite that file.', '--offline:Show what is here; the account is not asked.', '--refresh:Read the account anew, or show nothing.')
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
$global:ClockeyeOffers['report --by'] = @('@list', 'project', 'tag', 'day', 'week', 'month', 'user', 'description', 'billable')
$global:ClockeyeOffers['report --source'] = @('entries', 'summary')
$global:ClockeyeOffers['report --columns'] = @()
$global:ClockeyeOffers['report --save'] = @('@files')
$global:ClockeyeOffers['check'] = @('--max:The running timer is longer than this.', '--idle:Nothing was tracked for so long, in hours of work.')
$global:ClockeyeOffers['check --max'] = @()
$global:ClockeyeOffers['check --idle'] = @()
$global:ClockeyeOffers['watch'] = @()
$global:ClockeyeOffers['auth'] = @('login:Take an API key, and work on its account.', 'logout:Forget the key of the profile; its entries stay here.', 'status:Say whether the key works, and where it came from.')
$global:ClockeyeOffers['auth login'] = @('--with-key:Read the key from standard input instead of asking.', '--user:Who you are, where the key sees several users.', '--insecure-storage:Keep the key in a file, not in the keyring.', '--adopt:Take along what the profile local holds; without either, a terminal asks.', '--no-adopt:Take along what the profile local holds; without either, a terminal asks.', '--adopt-project:For entries that have none.', '--yes:Answer yes instead of being asked.', '-y:Answer yes instead of being asked.')
$global:ClockeyeOffers['auth login --user'] = @()
$global:ClockeyeOffers['auth login --adopt-project'] = @('@projects')
$global:ClockeyeOffers['auth logout'] = @('--purge:Remove its entries from this computer, too.', '--yes:Answer yes instead of being asked.', '-y:Answer yes instead of being asked.')
$global:ClockeyeOffers['auth status'] = @()
$global:ClockeyeOffers['sync'] = @('resolve:Decide about an entry that cannot be sent as it is.', '--status:List what the account has not got yet, and why.')
$global:ClockeyeOffers['sync resolve'] = @('--keep:Of a conflict: whose version.', '--is:It arrived, as this entry.', '--send:It did not arrive: send it again.', '--drop:Do not send it: as the account has it.')
$global:ClockeyeOffers['sync resolve:1'] = @('last', 'last-1', 'current', '@entries')
$global:ClockeyeOffers['sync resolve --keep'] = @('mine', 'theirs')
$global:ClockeyeOffers['sync resolve --is'] = @()
$global:ClockeyeOffers['users'] = @('--columns:These columns, in this order.', '--save:Into a file: .csv .tsv .json .ndjson .md', '--force:Overwrite that file.')
$global:ClockeyeOffers['users --columns'] = @()
$global:ClockeyeOffers['users --save'] = @('@files')
$global:ClockeyeOffers['screenshots'] = @('--today:The period: today.', '--yesterday:Yesterday.', '--week:This week.', '--last-week:The week before.', '--month:This month.', '--last-month:The month before.', '--year:This year.', '--last-year:The year before.', '--all:Everything.', '--from:From this day on, up to today or --to.', '--to:Up to this day, itself included.', '--period:The period in words, as the argument.', '--project:Only these; repeatable.', '-p:Only these; repeatable.', '--not-project:Not these; repeatable.', '--tag:Only with all of these tags; repeatable.', '-t:Only with all of these tags; repeatable.', '--user:On an account: this user''s, or everybody''s; not yours.', '--billable:Only what is billable, or is not.', '--no-billable:Only what is billable, or is not.', '--search:Only with this text in description or project.', '--download:Keep the pictures here that are not there yet.', '--columns:These columns, in this order.', '--save:Into a file: .html (a sheet of pictures) .csv .md ...', '--force:Overwrite that file.')
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
$global:ClockeyeOffers['api'] = @('--method:GET, POST, PUT or DELETE.', '-X:GET, POST, PUT or DELETE.', '--field:A text; repeatable.', '-f:A text; repeatable.', '--typed-field:A number, true, false, null or text.', '-F:A number, true, false, null or text.', '--input:The body; - for standard input.', '--paginate:Read all pages and join them.')
$global:ClockeyeOffers['api:1'] = @()
$global:ClockeyeOffers['api -X'] = @('GET', 'POST', 'PUT', 'DELETE')
$global:ClockeyeOffers['api --method'] = @('GET', 'POST', 'PUT', 'DELETE')
$global:ClockeyeOffers['api -f'] = @()
$global:ClockeyeOffers['api --field'] = @()
$global:ClockeyeOffers['api -F'] = @()
$global:ClockeyeOffers['api --typed-field'] = @()
$global:ClockeyeOffers['api --input'] = @('@files')
$global:ClockeyeOffers['projects'] = @('list:List the projects.', 'add:Make projects.', 'rename:Give a project another name; its entries go with it.', 'archive:Archive projects: kept for their entries, not offered for new ones.')
$global:ClockeyeOffers['projects list'] = @('--all:Archived ones too.', '--columns:These columns, in this order.', '--save:Into a file: .csv .tsv .json .ndjson .md', '--force:Overwrite that file.')
$global:ClockeyeOffers['projects list --columns'] = @()
$global:ClockeyeOffers['projects list --save'] = @('@files')
$global:ClockeyeOffers['projects add'] = @('--billable:What new entries take.', '--no-billable:What new entries take.')
$global:ClockeyeOffers['projects add:+'] = @()
$global:ClockeyeOffers['projects rename'] = @()
$global:ClockeyeOffers['projects rename:1'] = @('@projects')
$global:ClockeyeOffers['projects rename:2'] = @()
$global:ClockeyeOffers['projects archive'] = @('--restore:Bring them back instead.')
$global:ClockeyeOffers['projects archive:+'] = @('@projects')
$global:ClockeyeOffers['profiles'] = @('list:List the profiles.', 'use:Make a profile the one that commands work on.', 'rename:Give a profile another name.', 'remove:Forget a profile; its file is kept aside.')
$global:ClockeyeOffers['profiles list'] = @('--columns:These columns, in this order.')
$global:ClockeyeOffers['profiles list --columns'] = @()
$global:ClockeyeOffers['profiles use'] = @()
$global:ClockeyeOffers['profiles use:1'] = @('@profiles')
$global:ClockeyeOffers['profiles rename'] = @()
$global:ClockeyeOffers['profiles rename:1'] = @('@profiles')
$global:ClockeyeOffers['profiles rename:2'] = @()
$global:ClockeyeOffers['profiles remove'] = @('--yes:Answer yes instead of being asked.', '-y:Answer yes instead of being asked.')
$global:ClockeyeOffers['profiles remove:1'] = @('@profiles')
$global:ClockeyeOffers['config'] = @('list:List all settings, their values and where each comes from.', 'get:Print the value of a setting.', 'set:Set a value in the file; with -P NAME for that profile alone.', 'unset:Take a value out of the file, so that the default holds.', 'edit:Open the file in $VISUAL or $EDITOR; what is not understood is refused.', 'path:Print where the file is.')
$global:ClockeyeOffers['config list'] = @('--columns:These columns, in this order.')
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
$global:ClockeyeOffers['doctor'] = @('--repair:Save what can be read of a damaged store.')
$global:ClockeyeOffers['serve'] = @('keys:The keys of the server''s users.', 'users:The server''s users.', '--port:0 takes a free one.', '--host:The address to listen on.', '--data:The server''s file, if not the usual one.', '--limits:Requests a minute, hour and day for each key; or off.', '--demo:Serve a believable team, in a file of its own.', '--faults:Fail on purpose, as the file says; for tests.', '--public-url:Under which a proxy serves this; repeatable.')
$global:ClockeyeOffers['serve --port'] = @()
$global:ClockeyeOffers['serve --host'] = @()
$global:ClockeyeOffers['serve --data'] = @('@files')
$global:ClockeyeOffers['serve --limits'] = @()
$global:ClockeyeOffers['serve --faults'] = @('@files')
$global:ClockeyeOffers['serve --public-url'] = @()
$global:ClockeyeOffers['serve keys'] = @('add:Make a key; it is printed once.', 'list:List the keys; their text is not kept.', 'revoke:Revoke a key; it holds at once.')
$global:ClockeyeOffers['serve keys add'] = @('--permissions:time_entries:read ...; repeatable. Without: all.', '--user:Whose: an id or an address.', '--role:owner, admin, manager or member.', '--data:The server''s file, if not the usual one.')
$global:ClockeyeOffers['serve keys add:1'] = @()
$global:ClockeyeOffers['serve keys add --permissions'] = @()
$global:ClockeyeOffers['serve keys add --user'] = @()
$global:ClockeyeOffers['serve keys add --role'] = @('owner', 'admin', 'manager', 'member')
$global:ClockeyeOffers['serve keys add --data'] = @('@files')
$global:ClockeyeOffers['serve keys list'] = @('--data:The server''s file, if not the usual one.', '--columns:These columns, in this order.')
$global:ClockeyeOffers['serve keys list --data'] = @('@files')
$global:ClockeyeOffers['serve keys list --columns'] = @()
$global:ClockeyeOffers['serve keys revoke'] = @('--data:The server''s file, if not the usual one.')
$global:ClockeyeOffers['serve keys revoke:1'] = @()
$global:ClockeyeOffers['serve keys revoke --data'] = @('@files')
$global:ClockeyeOffers['serve users'] = @('add:Add a user.', 'list:List the users.')
$global:ClockeyeOffers['serve users add'] = @('--role:owner, admin, manager or member.', '--data:The server''s file, if not the usual one.')
$global:ClockeyeOffers['serve users add:1'] = @()
$global:ClockeyeOffers['serve users add:2'] = @()
$global:ClockeyeOffers['serve users add --role'] = @('owner', 'admin', 'manager', 'member')
$global:ClockeyeOffers['serve users add --data'] = @('@files')
$global:ClockeyeOffers['serve users list'] = @('--data:The server''s file, if not the usual one.', '--columns:These columns, in this order.')
$global:ClockeyeOffers['serve users list --data'] = @('@files')
$global:ClockeyeOffers['serve users list --columns'] = @()
$global:ClockeyeOffers['help'] = @()
$global:ClockeyeOffers['help:+'] = @('times', 'formats', 'exit-codes', 'environment', 'sync', 'start', 'stop', 'status', 'cancel', 'resume', 'add', 'edit', 'split', 'delete', 'undo', 'history', 'log', 'report', 'check', 'watch', 'auth', 'users', 'screenshots', 'api', 'projects', 'profiles', 'config', 'backup', 'restore', 'doctor', 'serve', 'help', 'man', 'prompt', 'completion')
$global:ClockeyeOffers['man'] = @()
$global:ClockeyeOffers['man:1'] = @('start', 'stop', 'status', 'cancel', 'resume', 'add', 'edit', 'split', 'delete', 'undo', 'history', 'log', 'report', 'check', 'watch', 'auth', 'sync', 'users', 'screenshots', 'api', 'projects', 'profiles', 'config', 'backup', 'restore', 'doctor', 'serve', 'help', 'man', 'prompt', 'completion')
$global:ClockeyeOffers['prompt'] = @('--format:With {project}, {description}, {work}, {elapsed} and {today}.', '--shell:bash, zsh or fish: whose prompt it is.')
$global:ClockeyeOffers['prompt --format'] = @()
$global:ClockeyeOffers['prompt --shell'] = @('bash', 'zsh', 'fish')
$global:ClockeyeOffers['completion'] = @('--install:Write it into your folder for it, and say where.', '--force:Overwrite a file there that clockeye has not made.')
$global:ClockeyeOffers['completion:1'] = @('bash', 'zsh', 'fish', 'powershell')

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
