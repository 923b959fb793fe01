// The demo's network for the engine: `node --require` loads this before it. demo/README.md tells what it is for.
//
// Names are looked up at the emulator's DNS server, and a connection to an address of the emulated VPC goes to the
// loopback port that stands for it. Any other address is silent, as outside a VPC without a way out.
'use strict';
const dns = require('node:dns');
const { readFileSync } = require('node:fs');
const { isIP } = require('node:net');

const { resolver, routes, silent, aws } = JSON.parse(
  readFileSync(process.env.CODEARTIFACT_DEMO_NETWORK, 'utf8')
);

const onThisMachine = name => isIP(name) !== 0 || !name.includes('.');
const known = name => aws.some(suffix => name.toLowerCase().endsWith(suffix));

/** What dns.Resolver says of itself: "VPC plus two", https://docs.aws.amazon.com/vpc/latest/userguide/AmazonDNS-concepts.html */
const VPC_RESOLVER = '10.0.0.2';

const through = Base =>
  class extends Base {
    constructor(options) {
      super(options);
      super.setServers([resolver]);
    }
    getServers() {
      return [VPC_RESOLVER];
    }
  };
const Resolver = through(dns.promises.Resolver);
dns.promises.Resolver = Resolver;
dns.Resolver = through(dns.Resolver);

/** getaddrinfo's code for one of c-ares': https://nodejs.org/api/dns.html#error-codes */
const GETADDRINFO = { ENOTFOUND: 'ENOTFOUND', ENODATA: 'ENOTFOUND' };

async function addressesOf(name) {
  if (!known(name)) {
    return [silent];
  }
  try {
    return await new Resolver().resolve4(name);
  } catch (error) {
    const code = GETADDRINFO[error.code] ?? 'EAI_AGAIN';
    throw Object.assign(new Error(`getaddrinfo ${code} ${name}`), {
      code,
      syscall: 'getaddrinfo',
      hostname: name
    });
  }
}

const systemLookup = dns.lookup;
dns.lookup = (name, options, callback = options) => {
  if (onThisMachine(name)) {
    return systemLookup(name, options, callback);
  }
  addressesOf(name).then(
    found =>
      options.all === true
        ? callback(
            null,
            found.map(address => ({ address, family: 4 }))
          )
        : callback(null, found[0], 4),
    error => callback(error)
  );
};

// The lowest place where every connection of Node's passes with its address known; nothing public offers one.
const { TCP } = process.binding('tcp_wrap');
const connect = TCP.prototype.connect;
TCP.prototype.connect = function (request, address, port) {
  const [host, there] = (
    address.startsWith('127.') ? `${address}:${port}` : (routes[`${address}:${port}`] ?? routes['*'])
  ).split(':');
  return connect.call(this, request, host, Number(there));
};
