import {
  CreatePlatformEndpointCommand,
  DeleteEndpointCommand, GetEndpointAttributesCommand, PublishCommand, SetEndpointAttributesCommand, SNSClient,
  type CreatePlatformEndpointCommandInput, type CreatePlatformEndpointCommandOutput, type DeleteEndpointCommandInput,
  type DeleteEndpointCommandOutput, type GetEndpointAttributesCommandInput, type GetEndpointAttributesCommandOutput,
  type PublishCommandInput, type PublishCommandOutput, type SetEndpointAttributesCommandInput, type SetEndpointAttributesCommandOutput
} from '@aws-sdk/client-sns'
import {traceClient} from './XRay'

// Bounded, so that a push that hangs ends well before its ledger lease does.
const client = traceClient(new SNSClient({
  maxAttempts: 3,
  requestHandler: {connectionTimeout: 2_000, requestTimeout: 5_000, throwOnRequestTimeout: true}
}))

/**
 * Makes an endpoint for a device token, or returns the one that exists. Throws InvalidParameterException if an endpoint has the token but
 * other attributes, with its ARN in the message alone: https://docs.aws.amazon.com/sns/latest/dg/mobile-platform-endpoint.html
 */
export const createPlatformEndpoint = (input: CreatePlatformEndpointCommandInput): Promise<CreatePlatformEndpointCommandOutput> =>
  client.send(new CreatePlatformEndpointCommand(input))

/** Reads token, `Enabled` and `CustomUserData` of an endpoint. Throws NotFoundException. */
export const getEndpointAttributes = (input: GetEndpointAttributesCommandInput): Promise<GetEndpointAttributesCommandOutput> =>
  client.send(new GetEndpointAttributesCommand(input))

/** Changes token, `Enabled` or `CustomUserData` of an endpoint. Throws NotFoundException. */
export const setEndpointAttributes = (input: SetEndpointAttributesCommandInput): Promise<SetEndpointAttributesCommandOutput> =>
  client.send(new SetEndpointAttributesCommand(input))

/** Deletes an endpoint; one that is gone already is no error. */
export const deleteEndpoint = (input: DeleteEndpointCommandInput): Promise<DeleteEndpointCommandOutput> =>
  client.send(new DeleteEndpointCommand(input))

/** Sends a message. Throws EndpointDisabledException for a device whose push service refused the token. */
export const publish = (input: PublishCommandInput): Promise<PublishCommandOutput> => client.send(new PublishCommand(input))
