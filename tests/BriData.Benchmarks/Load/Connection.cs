using System.Net;
using System.Net.Sockets;
using System.Runtime.CompilerServices;
using System.Text;

namespace BriData.Benchmarks.Load;

/// <summary>
/// One HTTP/1.1 connection, kept alive, with one request under way. Does no more than the wire needs, so that the server
/// and not the client is measured. Not for concurrent use, except <see cref="Dispose"/>.
/// </summary>
internal sealed class Connection : IDisposable
{
    private const int FirstBuffer = 32 * 1024;

    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private byte[] _buffer = new byte[FirstBuffer];
    private int _received;

    public async Task ConnectAsync(IPEndPoint address) => await _socket.ConnectAsync(address);

    /// <summary>Sends a request and reads its answer to the end.</summary>
    /// <exception cref="BenchmarkFailedException">The server closed the connection.</exception>
    /// <exception cref="SocketException">The connection broke, or was disposed meanwhile.</exception>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<ResponseHead> ExchangeAsync(ReadOnlyMemory<byte> request)
    {
        while (!request.IsEmpty)
        {
            request = request[await _socket.SendAsync(request, SocketFlags.None)..];
        }

        _received = 0;
        while (true)
        {
            if (_received == _buffer.Length)
            {
                Array.Resize(ref _buffer, 2 * _buffer.Length);
            }

            var count = await _socket.ReceiveAsync(_buffer.AsMemory(_received), SocketFlags.None);
            if (count == 0)
            {
                throw new BenchmarkFailedException("The server closed a connection.");
            }

            _received += count;
            if (ResponseHead.TryParse(_buffer.AsSpan(0, _received), out var head))
            {
                return head;
            }
        }
    }

    /// <summary>The last answer's body as text, for a message to a person.</summary>
    public string LastBody(ResponseHead head) => Encoding.UTF8.GetString(_buffer, head.BodyStart, head.End - head.BodyStart);

    public void Dispose() => _socket.Dispose();
}
