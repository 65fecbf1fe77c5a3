import type {Places, ServerCase} from './case'

const connections = (most: number, status: number): ServerCase => ({
  name: `limit_conn ${most}, ${status}`, kind: 'limit',
  http: ({id}) => `limit_conn_zone $binary_remote_addr zone=conn${id}:1m;`,
  server: ({id, rate}) => `limit_conn conn${id} ${most}; limit_conn_status ${status}; limit_rate ${rate}m;`
})

const requests = (perSecond: number, status: number): ServerCase => ({
  name: `limit_req ${perSecond} r/s, ${status}`, kind: 'limit',
  http: ({id}) => `limit_req_zone $binary_remote_addr zone=req${id}:1m rate=${perSecond}r/s;`,
  server: ({id, rate}) => `limit_req zone=req${id}; limit_req_status ${status}; limit_rate ${rate}m;`
})

const proxied = ({origin}: Places): string => `proxy_pass http://${origin}; proxy_http_version 1.1;`

const cached = (name: string, directives: (places: Places) => string): ServerCase => ({
  name, kind: 'cache',
  http: ({id, folder}) => `proxy_cache_path ${folder}/cache keys_zone=cache${id}:1m max_size=4g;`,
  server: (places) => `location / { ${proxied(places)} proxy_cache cache${places.id}; proxy_cache_valid 200 206 1h; ${directives(places)} }`
})

export const serverCases: readonly ServerCase[] = [
  {name: 'no limit', kind: 'limit', server: ({rate}) => `limit_rate ${rate}m;`},
  connections(1, 429), connections(1, 503), connections(2, 429), connections(2, 503), connections(1, 403), connections(1, 444),
  requests(1, 429), requests(1, 503),
  cached('proxy_cache, no header', () => ''),
  cached('proxy_cache, X-Cache-Status', () => 'add_header X-Cache-Status $upstream_cache_status;'),
  cached('proxy_cache_lock, no header', () => 'proxy_cache_lock on; proxy_cache_lock_timeout 1h; proxy_cache_lock_age 1h;'),
  cached('proxy_cache_lock of 5 s, no header', () => 'proxy_cache_lock on;'),
  cached('proxy_cache with slice', () => 'slice 1m; proxy_cache_key $uri$slice_range; proxy_set_header Range $slice_range;'),
  {name: 'proxy without a cache', kind: 'cache', server: (places) => `location / { ${proxied(places)} }`},
  {
    name: 'varnish', kind: 'cache', program: 'varnishd',
    server: ({address, port, origin, folder}) => `-F -n ${folder}/varnish -a ${address}:${port} -b ${origin} -s malloc,1G`
  },
  {
    name: 'varnish, no header', kind: 'cache', program: 'varnishd',
    server: ({address, port, folder}) => `-F -n ${folder}/varnish -a ${address}:${port} -f ${folder}/quiet.vcl -s malloc,1G`
  },
  {name: 'squid', kind: 'cache', program: 'squid', server: ({folder}) => `-N -f ${folder}/squid.conf`},
  {name: 'squid, no header', kind: 'cache', program: 'squid', server: ({folder}) => `-N -f ${folder}/squid.conf`}
]
