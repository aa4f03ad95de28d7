using System.Net;
using System.Net.Sockets;

namespace BriData.EndToEnd.Tests.Support;

/// <summary>
/// Receives OTLP over HTTP (OpenTelemetry protocol, <c>/v1/traces</c>, protobuf) and keeps name and trace identifier of each
/// span.
/// </summary>
internal sealed class TraceCollector : IDisposable
{
    private readonly HttpListener _listener = new();
    private readonly List<(string TraceId, string Name)> _spans = [];

    public TraceCollector()
    {
        using (var probe = new TcpListener(IPAddress.Loopback, 0))
        {
            probe.Start();
            Address = $"http://localhost:{((IPEndPoint)probe.LocalEndpoint).Port}/";
        }

        _listener.Prefixes.Add(Address);
        _listener.Start();
        Receiving = ReceiveAsync();
    }

    public string Address { get; }

    public Task Receiving { get; }

    /// <summary>Span names by trace.</summary>
    public ILookup<string, string> Traces
    {
        get
        {
            lock (_spans)
            {
                return _spans.ToLookup(s => s.TraceId, s => s.Name);
            }
        }
    }

    public void Dispose() => _listener.Close();

    private async Task ReceiveAsync()
    {
        try
        {
            while (true)
            {
                var context = await _listener.GetContextAsync();
                using var body = new MemoryStream();
                await context.Request.InputStream.CopyToAsync(body);
                if (context.Request.Url!.AbsolutePath == "/v1/traces")
                {
                    Read(body.ToArray(), depth: 0);
                }

                context.Response.Close();
            }
        }
        catch (Exception e) when (e is HttpListenerException or ObjectDisposedException)
        {
            // The listener was closed: the test is over.
        }
    }

    // ExportTraceServiceRequest.resource_spans (1) / ResourceSpans.scope_spans (2) / ScopeSpans.spans (2) / Span.trace_id (1), name (5).
    private void Read(ReadOnlySpan<byte> message, int depth)
    {
        var (trace, name) = ("", "");
        while (!message.IsEmpty)
        {
            var tag = Varint(ref message);
            var (field, kind) = ((int)(tag >> 3), (int)(tag & 7));
            if (kind != 2)
            {
                message = message[Skip(kind, message)..];
                continue;
            }

            var length = (int)Varint(ref message);
            var content = message[..length];
            message = message[length..];
            if ((depth, field) is (0, 1) or (1, 2) or (2, 2))
            {
                Read(content, depth + 1);
            }
            else if ((depth, field) is (3, 1))
            {
                trace = Convert.ToHexStringLower(content);
            }
            else if ((depth, field) is (3, 5))
            {
                name = System.Text.Encoding.UTF8.GetString(content);
            }
        }

        if (depth == 3)
        {
            lock (_spans)
            {
                _spans.Add((trace, name));
            }
        }
    }

    private static int Skip(int kind, ReadOnlySpan<byte> message)
    {
        if (kind != 0)
        {
            return kind == 1 ? 8 : 4;
        }

        var rest = message;
        Varint(ref rest);
        return message.Length - rest.Length;
    }

    private static ulong Varint(ref ReadOnlySpan<byte> message)
    {
        var (value, shift, read) = (0UL, 0, 0);
        byte next;
        do
        {
            next = message[read++];
            value |= (ulong)(next & 0x7f) << shift;
            shift += 7;
        }
        while ((next & 0x80) != 0);
        message = message[read..];
        return value;
    }
}
