/** For each fault: what happened, and what to do about it. */
export const faults = {
  'connect-refused': {
    what: 'The server refuses connections.',
    cure: 'It is tried again by itself. If it lasts, check the firewall or the proxy in Settings.',
  },
  'connect-timeout': {
    what: 'The server does not answer.',
    cure: 'It is tried again by itself. Check the network, or set a proxy in Settings.',
  },
  'dns-failed': { what: 'The name of the server was not found.', cure: 'Check the network and its DNS.' },
  'tls-failed': {
    what: 'The server’s certificate is not trusted.',
    cure: 'If your network inspects traffic, set its CA file in Settings.',
  },
  'proxy-failed': { what: 'The proxy does not answer.', cure: 'Check the proxy address in Settings.' },
  'handshake-rejected': { what: 'The server rejected the connection.', cure: 'It is tried again by itself.' },
  'region-blocked': {
    what: 'The exchange does not serve this country.',
    cure: 'Switch the exchange off in Settings, or set a proxy.',
  },
  'rate-limited': { what: 'The exchange asks for a pause.', cure: 'Tapedeck waits and goes on by itself.' },
  banned: { what: 'The exchange has shut this address out for a while.', cure: 'Tapedeck waits until it is over.' },
  'socket-closed': { what: 'The connection was closed.', cure: 'It is opened again by itself.' },
  'socket-dead': { what: 'The connection is open but says nothing.', cure: 'It is opened again by itself.' },
  'market-silent': { what: 'No data, against this market’s rhythm.', cure: 'It is subscribed again by itself.' },
  'book-broken': {
    what: 'The order book lost an update and is not shown as true.',
    cure: 'It is asked for anew by itself; trades are not affected.',
  },
  'clock-off': {
    what: 'This machine’s clock is wrong by more than 30 seconds.',
    cure: 'Set it by network time: Gate.io refuses requests from 60 seconds on, and delays cannot be told.',
  },
  'market-refused': { what: 'The exchange does not serve this market.', cure: 'Remove it from the watch list.' },
  'venue-error': { what: 'The exchange reports an error.', cure: 'It is tried again by itself.' },
  'over-budget': {
    what: 'More data than this machine can take; the source was paused.',
    cure: 'Watch fewer markets of this exchange.',
  },
  'decoder-failed': {
    what: 'Frames in a layout that is not known.',
    cure: 'Update Tapedeck; the frames are kept as samples on the Health page.',
  },
  'feed-gone': {
    what: 'The feed is not there (any more), or not for us.',
    cure: 'It is asked again now and then. Switch it off in Settings if it stays away.',
  },
  'feed-unreadable': {
    what: 'The feed answers, but not with what is known of it.',
    cure: 'It is asked again by itself. If it lasts, its layout has changed: update Tapedeck.',
  },
  'needs-key': { what: 'This source needs a key.', cure: 'Enter its keys in Settings; nothing is asked before.' },
  'key-refused': {
    what: 'The source refused its key.',
    cure: 'Check in Settings that key, secret and the choice of live or paper belong together.',
  },
  'key-in-use': {
    what: 'Another program is connected with this key.',
    cure: 'The source allows one connection a key: close the other one. Until then prices are polled.',
  },
  'disk-full': { what: 'The disk is full: nothing is stored.', cure: 'Free space; writing goes on by itself.' },
  'disk-failed': { what: 'The disk does not take data.', cure: 'Check the disk and the rights of the data folder.' },
  'journal-quota': {
    what: 'The journal is at its cap: the oldest records are dropped, and counted.',
    cure: 'Raise the cap under Data, or see why the store is behind.',
  },
  'store-newer': { what: 'The store was written by a newer Tapedeck.', cure: 'Update Tapedeck.' },
  'store-damaged': { what: 'The store is damaged.', cure: 'Restore a backup or choose another data folder.' },
  'folder-locked': { what: 'Another Tapedeck uses this data folder.', cure: 'Close it or choose another folder.' },
  'backup-running': {
    what: 'A backup is being made already.',
    cure: 'Wait until it is done, or stop it.',
  },
  'backup-room': {
    what: 'There is not enough room for a backup.',
    cure: 'Free space, or keep fewer backups; what is stored goes on being stored.',
  },
  'backup-damaged': {
    what: 'The backup is damaged and cannot be restored.',
    cure: 'Choose another backup. The damaged one can be deleted.',
  },
  'cluster-away': {
    what: 'The Kafka cluster does not answer.',
    cure: 'Records are kept on disk and sent once it is back. See the connection doctor under Kafka.',
  },
  'sasl-failed': {
    what: 'The Kafka cluster does not accept this user or password.',
    cure: 'Enter the password again under Kafka, Connection.',
  },
  'not-authorized': {
    what: 'This user lacks a right on the Kafka cluster.',
    cure: 'Whoever runs the cluster can grant it; everything else goes on.',
  },
  'read-only': {
    what: 'The profile is read-only: nothing is written.',
    cure: 'Switch that off in the profile, if it is meant to write.',
  },
  'unknown-topic': { what: 'The topic does not exist.', cure: 'Create it, or correct its name.' },
  'record-too-large': {
    what: 'A record is larger than the topic takes; it was set aside.',
    cure: 'Raise max.message.bytes of the topic, then send it again.',
  },
  fenced: {
    what: 'Another producer with the same identity took over.',
    cure: 'It is opened again by itself. See whether a second Tapedeck uses a copy of this data folder.',
  },
  'listener-unreachable': {
    what: 'A broker sends its clients to an address that cannot be reached from here.',
    cure: 'Run the connection doctor under Kafka, Connection: it names the broker and the cure.',
  },
  'group-active': {
    what: 'The group has members: its offsets cannot be moved.',
    cure: 'Stop the members first, then try again.',
  },
  'bad-request': { what: 'The request is not valid.', cure: 'See the details.' },
  'bad-setting': { what: 'A setting is not valid.', cure: 'Correct the field.' },
  'unknown-command': { what: 'The engine does not know this request.', cure: 'Reload the page.' },
  'not-found': { what: 'That is not there any more.', cure: 'Start again.' },
  'timed-out': { what: 'No answer in time.', cure: 'Try again.' },
  'connection-lost': { what: 'The connection to the engine is lost.', cure: 'It is opened again by itself.' },
  'desktop-only': {
    what: 'This works in the desktop app only.',
    cure: 'Install it, or start Tapedeck without --browser.',
  },
  cancelled: { what: 'Cancelled.', cure: 'Nothing was left behind.' },
  internal: { what: 'Tapedeck made a mistake.', cure: 'See the log on the Health page.' },
}
