import type { FindingCode, Reach } from '../../../shared/doctor-findings.ts'
import { IMPORT_NOTES } from '../../../shared/import-notes.ts'
import type { DoctorStep } from '../../../shared/kafka-contract.ts'

const steps = {
  dns: 'DNS',
  tcp: 'TCP',
  tls: 'TLS',
  sasl: 'Sign-in (SASL)',
  metadata: 'Metadata',
  listeners: 'Advertised listeners',
  produce: 'Produce',
  fetch: 'Fetch',
} as const satisfies Record<DoctorStep['step'], string>

/** Last column of the listeners' table. */
const reach = {
  yes: 'yes',
  'not-found': 'no such name',
  refused: 'refused',
  'timed-out': 'no answer',
  tls: 'TLS failed',
  'sign-in': 'sign-in failed',
  silent: 'hung up',
  elsewhere: 'another cluster',
} as const satisfies Record<Reach, string>

/** What was found, and where something is wrong, what to do about it. */
const findings = {
  'dns-found': { what: 'Names found: {{total}}; {{host}} is {{address}}' },
  'dns-literal': { what: 'No name to look up; addresses: {{total}}' },
  'dns-some': { what: '{{found}} of {{total}} names found; unknown: {{missing}}' },
  'dns-not-found': {
    what: 'Nobody knows the name {{host}}',
    cure: 'Check its spelling. If it is a name of your company’s network, connect to its VPN first. Or write the IP address.',
  },
  'dns-no-server': {
    what: 'No name server answered for {{host}}',
    cure: 'Check this computer’s network. Or write the IP address.',
  },

  'tcp-open': { what: 'port answers on all {{total}}, first {{address}}' },
  'tcp-some': { what: '{{open}} of {{total}} answer; closed: {{closed}}' },
  'tcp-refused': {
    what: '{{address}} refuses connections',
    cure: 'The computer is there, but nothing listens on that port. Start Kafka, or correct the port. In a container, the port must be published.',
  },
  'tcp-timeout': {
    what: '{{address}} did not answer within {{seconds}} s',
    cure: 'A firewall, a security group or a missing VPN swallows the connection. Open the port for this computer.',
  },
  'tcp-unreachable': {
    what: 'There is no way from here to {{address}} ({{error}})',
    cure: 'Check this computer’s network and VPN.',
  },

  'tls-ok': { what: '{{version}}, certificate of {{issuer}} valid {{days}} more days' },
  'tls-soon': { what: '{{version}}, but the certificate ends on {{until}}, in {{days}} days' },
  'tls-off': { what: 'off: the connection is not encrypted' },
  'tls-off-exposed': { what: 'off: {{mechanism}} sends the password unencrypted' },
  'tls-needed': {
    what: '{{address}} speaks TLS, the profile does not',
    cure: 'Switch TLS on in the profile, or take the port of the plain listener.',
  },
  'tls-not-spoken': {
    what: '{{address}} speaks plain text, the profile wants TLS',
    cure: 'Switch TLS off in the profile, or take the port of the TLS listener.',
  },
  'tls-expired': {
    what: 'The certificate of {{subject}} ended on {{until}}',
    cure: 'It must be renewed on the broker. If this computer’s clock is wrong, set it.',
  },
  'tls-not-yet': {
    what: 'The certificate of {{subject}} begins only on {{from}}',
    cure: 'Check this computer’s clock.',
  },
  'tls-wrong-host': {
    what: 'The certificate is not for {{host}}; it is for {{names}}',
    cure: 'Write one of its names as the broker’s address, or as the server name in the profile.',
  },
  'tls-unknown-ca': {
    what: 'The certificate’s issuer {{issuer}} is not trusted here',
    cure: 'Give the issuer’s certificate (PEM) as CA file in the profile. This shows the chain that the broker sends. Its own SHA-256 is {{fingerprint}}.',
  },
  'tls-self-signed': {
    what: 'The certificate of {{subject}} is signed by itself',
    cure: 'Give that certificate (PEM) as CA file in the profile. This shows it; its SHA-256 must be {{fingerprint}}.',
  },
  'tls-client-needed': {
    what: '{{address}} wants a certificate of ours',
    cure: 'Give a client certificate and its key in the profile. Whoever runs the cluster issues them.',
  },
  'tls-client-refused': {
    what: '{{address}} does not accept our certificate ({{error}})',
    cure: 'It must be issued by an authority that the brokers trust, and be valid today.',
  },
  'tls-version': {
    what: '{{address}} and this computer share no TLS version',
    cure: 'The broker must allow TLS 1.2 or newer (ssl.enabled.protocols).',
  },
  'tls-closed': {
    what: '{{address}} hung up during the TLS handshake',
    cure: 'What listens there may not be a Kafka TLS listener, or something between here and there cuts TLS off. Check the port.',
  },
  'tls-file': {
    what: '{{field}} {{path}} cannot be used ({{reason}})',
    cure: 'Choose a file that exists, can be read, and holds PEM text.',
  },
  'tls-key-locked': {
    what: 'The passphrase does not open the key {{path}}',
    cure: 'Enter the key’s passphrase again.',
  },
  'tls-key-other': {
    what: 'The key {{path}} does not belong to the certificate',
    cure: 'Choose the key that was made together with the client certificate.',
  },
  'tls-failed': {
    what: 'TLS with {{address}} failed ({{error}})',
    cure: 'Check the port and the files in the profile.',
  },

  'sasl-ok': { what: '{{username}} by {{mechanism}}' },
  'sasl-off': { what: 'not needed: the cluster takes everybody' },
  'sasl-needed': {
    what: 'The cluster wants a sign-in ({{enabled}})',
    cure: 'Choose a mechanism in the profile and enter user and password.',
  },
  'sasl-not-taken': {
    what: '{{address}} takes no sign-in',
    cure: 'Switch the sign-in off in the profile, or take the port of the SASL listener.',
  },
  'sasl-mechanism': {
    what: '{{mechanism}} is not enabled here; enabled: {{enabled}}',
    cure: 'Choose one of the enabled mechanisms in the profile.',
  },
  'sasl-no-password': { what: 'No password is known for {{mechanism}}', cure: 'Enter the password in the profile.' },
  'sasl-refused': {
    what: 'The user {{username}} or the password is wrong ({{mechanism}}: {{said}})',
    cure: 'Enter the password again. A SCRAM user must exist for exactly this mechanism.',
  },
  'sasl-token': {
    what: '{{url}} gave no token ({{reason}})',
    cure: 'Check the token address, the client id and the client secret.',
  },
  'sasl-token-refused': {
    what: 'The cluster does not accept the token ({{said}})',
    cure: 'Issuer, audience and scope of the token must be those that the brokers expect.',
  },

  'metadata-ok': { what: 'Brokers: {{brokers}} · topics: {{topics}} · cluster {{cluster}}' },
  'metadata-controller': {
    what: '{{address}} belongs to a controller, which takes no clients',
    cure: 'Take a broker’s port (often 9092; 9093 is often the controller’s).',
  },
  'metadata-empty': {
    what: '{{address}} names no brokers',
    cure: 'The cluster is starting, or has lost its brokers. Look at the brokers’ logs, then try again.',
  },

  'listeners-ok': { what: 'all {{total}} brokers answer at the address they advertise' },
  'listener-loopback': {
    what: 'Broker {{broker}} sends its clients to {{advertised}}: to themselves',
    cure: 'To every client that address means its own computer. Let the broker advertise the name that clients use, then restart it.',
  },
  'listener-container': {
    what: 'Broker {{broker}} sends its clients to {{advertised}}, a name that only its container network knows',
    cure: 'Give the broker two listeners: one for the other containers, one for everybody else. With KRaft keep its own CONTROLLER listener; without, leave that one out. Then restart it.',
  },
  'listener-not-found': {
    what: 'Broker {{broker}} sends its clients to {{advertised}}, which is not found from here',
    cure: 'Let the broker advertise the name that clients use, then restart it.',
  },
  'listener-refused': {
    what: 'Broker {{broker}} sends its clients to {{advertised}}, where nothing listens',
    cure: 'Let the broker advertise the address that clients use, with the port that is open to them, then restart it.',
  },
  'listener-timeout': {
    what: 'Broker {{broker}} sends its clients to {{advertised}}, which does not answer from here',
    cure: 'It may be an address of a private network. Let the broker advertise one that clients can reach, or open the firewall.',
  },
  'listener-tls': {
    what: 'TLS fails at {{advertised}}, the address of broker {{broker}} ({{error}})',
    cure: 'The certificate must also carry the name that the broker advertises. Or write a server name in the profile.',
  },
  'listener-sign-in': {
    what: 'Broker {{broker}} at {{advertised}} does not accept the sign-in ({{said}})',
    cure: 'All brokers must know the same users and mechanisms. Compare their settings.',
  },
  'listener-silent': {
    what: 'What answers at {{advertised}}, the address of broker {{broker}}, hangs up',
    cure: 'The advertised port may belong to another listener or another program. Compare listeners and advertised.listeners.',
  },
  'listener-elsewhere': {
    what: 'Broker {{broker}} sends its clients to {{advertised}}, and there is another cluster ({{other}} instead of {{cluster}})',
    cure: 'Two clusters advertise the same address. Let this broker advertise its own, then restart it.',
  },

  'produce-ok': { what: 'written to {{topic}}, partition {{partition}}, offset {{offset}}' },
  'produce-read-only': { what: 'not tried: the profile is read-only' },
  'produce-no-right': {
    what: 'The right {{right}} on {{resource}} is missing',
    cure: 'Whoever runs the cluster can grant it for all topics that begin with tapedeck.:',
  },
  'produce-replicas': {
    what: 'Too few replicas of {{topic}} are in sync to accept a record',
    cure: 'Brokers are down, or min.insync.replicas is higher than the number of replicas. Start the brokers, or raise the replication in the profile.',
  },
  'produce-replication': {
    what: 'A replication of {{replication}} does not go with {{brokers}} brokers',
    cure: 'Lower the replication in the profile.',
  },
  'produce-policy': {
    what: 'The cluster’s rules do not allow the topic: {{said}}',
    cure: 'Set the replication in the profile as the rule wants it, or ask whoever runs the cluster.',
  },
  'produce-no-leader': {
    what: '{{topic}} has no leader',
    cure: 'Brokers are starting or down. Try again; if it lasts, look at their logs.',
  },
  'produce-refused': { what: 'The cluster refuses: {{error}}. {{said}}', cure: 'Look at the brokers’ logs.' },

  'fetch-ok': { what: 'read back from {{topic}}, offset {{offset}}; the topic is gone again' },
  'fetch-kept': { what: 'read back from {{topic}}, offset {{offset}}; the topic was there before, and stays' },
  'fetch-left': {
    what: 'read back; {{topic}} could not be deleted ({{error}})',
    cure: 'Its records go by themselves after an hour. To delete it:',
  },
  'fetch-read-only': { what: '{{topic}} can be read' },
  'fetch-no-topic': { what: 'not tried: there is no topic to read' },
  'fetch-no-right': {
    what: 'The right {{right}} on {{resource}} is missing',
    cure: 'Whoever runs the cluster can grant it:',
  },
  'fetch-missing': {
    what: 'The record at offset {{offset}} of {{topic}} is not the one that was written',
    cure: 'Somebody else made the topic anew just now. Try again.',
  },
  'fetch-refused': { what: 'The cluster refuses: {{error}}', cure: 'Look at the brokers’ logs.' },

  closed: {
    what: '{{address}} hung up',
    cure: 'What listens there may not be a Kafka listener, or one of another kind. Check the port.',
  },
  'timed-out': {
    what: '{{address}} accepted the connection and then said nothing for {{seconds}} s',
    cure: 'The broker hangs or is overloaded, or something else listens there. Look at its log.',
  },
  foreign: {
    what: '{{address}} speaks something other than Kafka: {{said}}',
    cure: 'Another program has this port. Correct the address.',
  },
  unsupported: {
    what: '{{address}} does not know the request {{request}}',
    cure: 'It is older than what Tapedeck works with: Kafka 3 and 4.',
  },
} as const satisfies Record<FindingCode, { readonly what: string; readonly cure?: string }>

export const doctor = {
  title: 'Connection doctor',
  run: 'Test the connection',
  again: 'Run again',
  stop: 'Stop',
  failed: 'Step {{number}} of 8 failed: {{step}}',
  passed: 'All is well: records can be written and read.',
  passedReadOnly: 'All is well: records can be read.',
  waits: 'waits for step {{number}}',
  running: 'under way…',
  copy: 'Copy',
  copyReport: 'Copy report',
  noPassword: 'The report holds no password.',
  cure: 'Cure',
  hosts: 'No access to the brokers? Map the name in this computer’s hosts file:',
  table: { broker: 'Broker', written: 'You wrote', advertised: 'It advertises', reach: 'Reachable' },
  steps,
  reach,
  findings,
  imported: IMPORT_NOTES,
}
