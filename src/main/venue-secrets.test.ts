import { expect, test } from 'vitest'
import { FaultError } from '../shared/faults.ts'
import { exchangeOf } from './exchanges/registry.ts'
import { createMemorySecrets } from './secrets/memory-secrets.ts'
import { createVenueSecrets } from './venue-secrets.ts'

const EXCHANGES = [exchangeOf('upbit')!, exchangeOf('kis')!, exchangeOf('kis', 'paper')!]
const open = (environment?: Record<string, string>) => {
  const changed: string[] = []
  const store = createMemorySecrets()
  const secrets = createVenueSecrets(store, EXCHANGES, (venue) => changed.push(venue), environment)
  return { ...secrets, store, changed }
}

test('A-80 a key goes in, is told to be there, and never comes back', async () => {
  const { handlers, get, changed } = open()
  const told = await handlers['venue.secret.set']({ account: 'kis.live', name: 'app-key', value: 'PSsecret' })
  expect(told.map(({ venue, account, name, state }) => `${venue} ${account} ${name} ${state}`)).toEqual([
    'kis kis.live app-key this-run',
    'kis kis.live app-secret none',
    'kis kis.paper app-key none',
    'kis kis.paper app-secret none',
  ])
  expect(JSON.stringify([told, await handlers['venue.secret.state']({})])).not.toContain('PSsecret')
  expect([await get('kis.live:app-key'), await get('kis.paper:app-key'), changed]).toEqual([
    'PSsecret',
    undefined,
    ['kis'],
  ])
})

test('an empty one is forgotten, and an unknown one is refused', async () => {
  const { handlers, get } = open()
  const set = (name: string, value: string) => handlers['venue.secret.set']({ account: 'kis.live', name, value })
  await set('app-key', 'one')
  await set('app-key', '')
  expect(await get('kis.live:app-key')).toBeUndefined()
  await expect(set('password', 'x')).rejects.toThrow(FaultError)
})

test('the environment’s keys are those of the account that it chooses, and are not changed here', async () => {
  const environment = { KIS_APP_KEY: 'K', KIS_APP_SECRET: 'S', KIS_PAPER_TRADING: 'true' }
  const { handlers, get } = open(environment)
  expect([await get('kis.paper:app-key'), await get('kis.live:app-key')]).toEqual(['K', undefined])
  await expect(
    handlers['venue.secret.set']({ account: 'kis.paper', name: 'app-key', value: 'x' }) as Promise<unknown>,
  ).rejects.toThrow('KIS_APP_KEY is set in the environment')
  expect((await handlers['venue.secret.state']({})).map(({ state }) => state)).toEqual([
    'none',
    'none',
    'environment',
    'environment',
  ])
})
