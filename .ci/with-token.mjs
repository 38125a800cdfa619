// Adds a bearer token to every request and passes it on, for a client that has no way to send one. Host, Origin, method,
// path, other headers and body go through as they came: what is tested is the server behind.
// Arguments: the server's address. Environment: TOKEN. Prints its own address.
import http from 'node:http';

const server = new URL(process.argv[2]);
const authorization = ['Authorization', `Bearer ${process.env.TOKEN}`];

const forwarder = http.createServer((request, response) => {
  const onward = http.request({
    host: server.hostname,
    port: server.port,
    method: request.method,
    path: request.url,
    headers: [...request.rawHeaders, ...authorization],
    setHost: false,
  });
  onward.on('response', (answer) => {
    response.writeHead(answer.statusCode, answer.rawHeaders);
    answer.pipe(response);
  });
  onward.on('error', () => response.destroy());
  response.on('close', () => onward.destroy());
  request.pipe(onward);
});

forwarder.listen(0, '127.0.0.1', () => console.log(`http://127.0.0.1:${forwarder.address().port}`));
