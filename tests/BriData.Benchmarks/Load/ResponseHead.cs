using System.Buffers.Text;

namespace BriData.Benchmarks.Load;

/// <summary>What of an answer matters to the load: its status and where it ends.</summary>
/// <param name="Status">Status code.</param>
/// <param name="BodyStart">Where the body, in its transfer coding, begins.</param>
/// <param name="End">Where the answer ends.</param>
internal readonly record struct ResponseHead(int Status, int BodyStart, int End)
{
    private static ReadOnlySpan<byte> HeadEnd => "\r\n\r\n"u8;

    /// <summary>False while more bytes are needed. Knows what Kestrel sends: a length, chunks without trailers, or no body.</summary>
    public static bool TryParse(ReadOnlySpan<byte> received, out ResponseHead head)
    {
        head = default;
        var blank = received.IndexOf(HeadEnd);
        if (blank < 0)
        {
            return false;
        }

        var lines = received[..(blank + 2)];
        if (!Utf8Parser.TryParse(lines["HTTP/1.1 ".Length..], out int status, out _))
        {
            throw new BenchmarkFailedException("The answer is not HTTP/1.1.");
        }

        var start = blank + HeadEnd.Length;
        var end = lines.IndexOf("\r\nTransfer-Encoding: chunked\r\n"u8) >= 0 ? EndOfChunks(received, start) : start + Length(lines);
        head = new ResponseHead(status, start, end);
        return end >= 0 && end <= received.Length;
    }

    private static int Length(ReadOnlySpan<byte> lines)
    {
        var name = "\r\nContent-Length: "u8;
        var at = lines.IndexOf(name);
        return at >= 0 && Utf8Parser.TryParse(lines[(at + name.Length)..], out int length, out _) ? length : 0;
    }

    private static int EndOfChunks(ReadOnlySpan<byte> received, int at)
    {
        while (true)
        {
            var line = at <= received.Length ? received[at..].IndexOf("\r\n"u8) : -1;
            if (line < 0 || !Utf8Parser.TryParse(received.Slice(at, line), out int size, out _, 'x'))
            {
                return -1;
            }

            at += line + 2 + size + 2;
            if (size == 0)
            {
                return at;
            }
        }
    }
}
