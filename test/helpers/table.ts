import {createRequire} from 'node:module'
import type {Server} from 'node:http'
import type {AddressInfo} from 'node:net'
import {CreateTableCommand, type CreateTableCommandInput, DynamoDBClient} from '@aws-sdk/client-dynamodb'
import {BatchWriteCommand, DynamoDBDocumentClient, GetCommand, paginateScan} from '@aws-sdk/lib-dynamodb'

const dynalite = createRequire(import.meta.url)('dynalite') as (options: {createTableMs: number, deleteTableMs: number}) => Server

/** The one table as `terraform/storage.tf` defines it; test/architecture compares the two. */
export const tableDefinition = {
  BillingMode: 'PAY_PER_REQUEST',
  AttributeDefinitions: ['PK', 'SK', 'status', 'availableAt', 'userId', 'requestedAt'].map((AttributeName) => ({AttributeName, AttributeType: 'S' as const})),
  KeySchema: [{AttributeName: 'PK', KeyType: 'HASH'}, {AttributeName: 'SK', KeyType: 'RANGE'}],
  GlobalSecondaryIndexes: [
    {
      IndexName: 'StatusIndex',
      KeySchema: [{AttributeName: 'status', KeyType: 'HASH'}, {AttributeName: 'availableAt', KeyType: 'RANGE'}],
      Projection: {ProjectionType: 'ALL'}
    },
    {
      IndexName: 'UserIndex',
      KeySchema: [{AttributeName: 'userId', KeyType: 'HASH'}, {AttributeName: 'requestedAt', KeyType: 'RANGE'}],
      Projection: {ProjectionType: 'ALL'}
    }
  ]
} satisfies Omit<CreateTableCommandInput, 'TableName'>

type Item = Record<string, unknown>

/** A DynamoDB in this process, with the one table, and the environment that leads the code under test to it. */
export interface TestTable {
  readonly put: (...items: Item[]) => Promise<void>
  readonly get: (key: {readonly PK: string, readonly SK: string}) => Promise<Item | undefined>
  /** Every item, sorted by key. */
  readonly all: () => Promise<Item[]>
  /** Removes every item. */
  readonly clear: () => Promise<void>
  readonly stop: () => Promise<void>
}

const listen = (server: Server): Promise<string> => new Promise((resolve, reject) => {
  server.once('error', reject)
  server.listen(0, '127.0.0.1', () => resolve(`http://127.0.0.1:${(server.address() as AddressInfo).port}`))
})

/** Starts it and sets `TABLE_NAME` and the AWS variables: import the code under test afterwards. */
export const startTable = async (TableName = 'MediaDownloader'): Promise<TestTable> => {
  const server = dynalite({createTableMs: 0, deleteTableMs: 0})
  // It would close a connection that idles for five seconds, as on a busy machine, just when the client uses it again.
  server.keepAliveTimeout = 0
  const endpoint = await listen(server)
  Object.assign(process.env, {
    AWS_ENDPOINT_URL_DYNAMODB: endpoint, AWS_REGION: 'us-west-2', AWS_ACCESS_KEY_ID: 'test', AWS_SECRET_ACCESS_KEY: 'test', TABLE_NAME: TableName
  })
  const client = new DynamoDBClient({endpoint})
  const table = DynamoDBDocumentClient.from(client)
  await client.send(new CreateTableCommand({TableName, ...tableDefinition}))

  const all = async (): Promise<Item[]> => {
    const items: Item[] = []
    for await (const {Items = []} of paginateScan({client: table}, {TableName, ConsistentRead: true})) {
      items.push(...Items)
    }
    return items.toSorted((left, right) => `${String(left.PK)} ${String(left.SK)}`.localeCompare(`${String(right.PK)} ${String(right.SK)}`))
  }
  const write = async (requests: ReadonlyArray<Record<string, object>>): Promise<void> => {
    for (let from = 0; from < requests.length; from += 25) {
      await table.send(new BatchWriteCommand({RequestItems: {[TableName]: requests.slice(from, from + 25)}}))
    }
  }
  return {
    put: (...items) => write(items.map((Item) => ({PutRequest: {Item}}))),
    get: async (Key) => (await table.send(new GetCommand({TableName, Key, ConsistentRead: true}))).Item,
    all,
    clear: async () => write((await all()).map(({PK, SK}) => ({DeleteRequest: {Key: {PK, SK}}}))),
    stop: async () => {
      client.destroy()
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    }
  }
}
