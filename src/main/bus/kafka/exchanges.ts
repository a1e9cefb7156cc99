/** Requests as kafkajs writes them, and answers decoded without its judgement: it throws at the first error code of any partition. */

import Decoder from 'kafkajs/src/protocol/decoder.js'
import Encoder from 'kafkajs/src/protocol/encoder.js'
import type { WireRequest, WireResponse } from 'kafkajs/src/network/connection.js'
import apiKeys from 'kafkajs/src/protocol/requests/apiKeys.js'
import requestTable from 'kafkajs/src/protocol/requests/index.js'
import type { ApiName, Apis } from './apis.ts'
import { decodeFetch } from './fetch-answer.ts'

/** Newest version of each API that a broker knows, by the API's number. */
export type Versions = Readonly<Record<number, { readonly maxVersion: number }>>

/** First version of Metadata whose empty list of topics means none. */
const METADATA_WITH_NONE = 4

/** One exchange with a broker of these versions. */
export function toExchange<N extends ApiName>(
  name: N,
  args: Apis[N]['args'],
  versions: Versions,
): { readonly request: WireRequest; readonly response: WireResponse } {
  if (name === 'IncrementalAlterConfigs')
    return incrementalAlterConfigs(args as Apis['IncrementalAlterConfigs']['args'])
  const { request, response } = requestTable.lookup(versions)(apiKeys[name]!, requestTable.requests[name]!)(
    name === 'Metadata' ? metadataArgs(args as Apis['Metadata']['args']) : args,
  )
  return {
    request: name === 'Metadata' ? withoutTopics(request, args as Apis['Metadata']['args']) : request,
    response: { decode: decoderOf(name, request, response), parse },
  }
}

const parse = (decoded: unknown) => Promise.resolve(decoded)

function decoderOf(name: ApiName, request: WireRequest, response: WireResponse): WireResponse['decode'] {
  if (name !== 'Fetch') return response.decode
  return (bytes) => Promise.resolve(decodeFetch(bytes, request.apiVersion))
}

function metadataArgs({ topics }: Apis['Metadata']['args']): object {
  return { topics: topics ?? [], allowAutoTopicCreation: false }
}

/** kafkajs writes an empty list as null, which asks for all topics. */
function withoutTopics(request: WireRequest, { topics }: Apis['Metadata']['args']): WireRequest {
  if (topics?.length !== 0 || request.apiVersion < METADATA_WITH_NONE) return request
  return { ...request, encode: async () => new Encoder().writeInt32(0).writeBoolean(false) }
}

const TOPIC_RESOURCE = 2

/** Version 0 of an API that kafkajs lacks. Its older one would replace all values of the topic. */
function incrementalAlterConfigs({ topic, configs }: Apis['IncrementalAlterConfigs']['args']) {
  return {
    request: {
      apiKey: apiKeys.IncrementalAlterConfigs!,
      apiName: 'IncrementalAlterConfigs',
      apiVersion: 0,
      encode: async () =>
        new Encoder()
          .writeArray([
            new Encoder()
              .writeInt8(TOPIC_RESOURCE)
              .writeString(topic)
              .writeArray(
                configs.map(({ name, operation, value }) =>
                  new Encoder().writeString(name).writeInt8(operation).writeString(value),
                ),
              ),
          ])
          .writeBoolean(false),
    },
    response: {
      decode: async (bytes: Buffer) => {
        const decoder = new Decoder(bytes)
        decoder.readInt32()
        const [first] = decoder.readArray((each) => ({ errorCode: each.readInt16(), errorMessage: each.readString() }))
        return first
      },
      parse,
    },
  }
}
