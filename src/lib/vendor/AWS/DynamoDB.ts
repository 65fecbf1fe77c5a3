import {DynamoDBClient} from '@aws-sdk/client-dynamodb'
import {
  BatchGetCommand, DeleteCommand, DynamoDBDocumentClient, GetCommand, PutCommand, QueryCommand, UpdateCommand,
  type BatchGetCommandInput, type BatchGetCommandOutput, type DeleteCommandInput, type DeleteCommandOutput,
  type GetCommandInput, type GetCommandOutput, type PutCommandInput, type PutCommandOutput,
  type QueryCommandInput, type QueryCommandOutput, type UpdateCommandInput, type UpdateCommandOutput
} from '@aws-sdk/lib-dynamodb'
import {traceClient} from './XRay'

const client = DynamoDBDocumentClient.from(traceClient(new DynamoDBClient({})), {marshallOptions: {removeUndefinedValues: true}})

/** Reads one item. */
export const getItem = (input: GetCommandInput): Promise<GetCommandOutput> => client.send(new GetCommand(input))

/** Reads up to 100 items at once; what DynamoDB left out comes back as `UnprocessedKeys`. */
export const batchGetItem = (input: BatchGetCommandInput): Promise<BatchGetCommandOutput> => client.send(new BatchGetCommand(input))

/** Writes one whole item. Throws ConditionalCheckFailedException if its condition does not hold. */
export const putItem = (input: PutCommandInput): Promise<PutCommandOutput> => client.send(new PutCommand(input))

/** Changes one item. Throws ConditionalCheckFailedException if its condition does not hold. */
export const updateItem = (input: UpdateCommandInput): Promise<UpdateCommandOutput> => client.send(new UpdateCommand(input))

/** Removes one item. Throws ConditionalCheckFailedException if its condition does not hold. */
export const deleteItem = (input: DeleteCommandInput): Promise<DeleteCommandOutput> => client.send(new DeleteCommand(input))

/** Reads one page (at most 1 MB) of the items under a partition key. */
export const query = (input: QueryCommandInput): Promise<QueryCommandOutput> => client.send(new QueryCommand(input))
