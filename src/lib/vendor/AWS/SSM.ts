import {GetParameterCommand, SSMClient, type GetParameterCommandInput, type GetParameterCommandOutput} from '@aws-sdk/client-ssm'
import {traceClient} from './XRay'

const client = traceClient(new SSMClient({}))

/** Reads one parameter; a SecureString comes in clear only with `WithDecryption`. Throws ParameterNotFound. */
export const getParameter = (input: GetParameterCommandInput): Promise<GetParameterCommandOutput> =>
  client.send(new GetParameterCommand(input))
