using System.Buffers;
using System.IO.Pipelines;

namespace BriData.Ledger.Evidence;

/// <summary>Lines of a stream, each with its newline; bounded in length.</summary>
internal sealed class LineReader(Stream stream)
{
    private const int MaxLine = 64 << 20;

    private readonly PipeReader _reader = PipeReader.Create(stream, new StreamPipeReaderOptions(bufferSize: 1 << 16, leaveOpen: true));
    private SequencePosition? _consumed;

    /// <summary>The next line, valid until the next call; null at the end.</summary>
    /// <exception cref="FormatException">A line is too long, or the last one has no newline.</exception>
    public async ValueTask<ReadOnlyMemory<byte>?> ReadAsync(CancellationToken cancellationToken)
    {
        if (_consumed is { } consumed)
        {
            _reader.AdvanceTo(consumed);
            _consumed = null;
        }

        while (true)
        {
            var result = await _reader.ReadAsync(cancellationToken);
            var buffer = result.Buffer;
            if (buffer.PositionOf((byte)'\n') is { } newline)
            {
                var end = buffer.GetPosition(1, newline);
                _consumed = end;
                var line = buffer.Slice(0, end);
                return line.IsSingleSegment ? line.First : line.ToArray();
            }

            if (result.IsCompleted)
            {
                return buffer.IsEmpty ? null : throw new FormatException("The line is cut off.");
            }

            if (buffer.Length > MaxLine)
            {
                throw new FormatException("The line is too long.");
            }

            _reader.AdvanceTo(buffer.Start, buffer.End);
        }
    }
}
