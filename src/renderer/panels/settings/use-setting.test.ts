import { expect, it } from 'vitest'
import { withoutPath } from './use-setting.ts'

it('under its own field a refusal does not name the field again', () => {
  expect([
    withoutPath('proxy: must look like http://host:port.', 'proxy'),
    withoutPath('caps.tradeDays: Too small.', 'caps.tradeDays'),
    withoutPath('The engine did not answer.', 'proxy'),
  ]).toEqual(['Must look like http://host:port.', 'Too small.', 'The engine did not answer.'])
})
