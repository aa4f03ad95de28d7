using System.Security.Cryptography;
using BriData.Ledger.Erasure;

namespace BriData.Ledger.Payloads;

/// <summary>
/// The plain content of a sealed payload (<see cref="PayloadChunks"/>); seekable. Holds two chunks. Takes over the sealed
/// stream.
/// </summary>
internal sealed class OpeningStream : Stream
{
    private const long None = -1;

    private readonly byte[] _plain = new byte[PayloadChunks.PlainBytes];
    private readonly byte[] _sealed = new byte[PayloadChunks.SealedBytes];
    private readonly Stream _content;
    private readonly AesGcm _cipher;
    private readonly long _length;
    private long _position;
    private long _held = None;

    /// <param name="content">The payload as stored; seekable.</param>
    /// <param name="key">Its key.</param>
    /// <param name="length">Bytes of plain content, as recorded.</param>
    public OpeningStream(Stream content, ValueKey key, long length)
    {
        (_content, _length) = (content, length);
        _cipher = PayloadChunks.Cipher(key);
    }

    public override bool CanRead => true;

    public override bool CanSeek => true;

    public override bool CanWrite => false;

    public override long Length => _length;

    public override long Position
    {
        get => _position;
        set
        {
            ArgumentOutOfRangeException.ThrowIfNegative(value);
            _position = value;
        }
    }

    /// <exception cref="InvalidDataException">The payload is not the one that was stored.</exception>
    /// <exception cref="EndOfStreamException">It is shorter.</exception>
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (_position >= _length || buffer.Length == 0)
        {
            return 0;
        }

        var chunk = _position / PayloadChunks.PlainBytes;
        if (chunk != _held)
        {
            await LoadAsync(chunk, cancellationToken).ConfigureAwait(false);
        }

        var at = (int)(_position % PayloadChunks.PlainBytes);
        var count = Math.Min(buffer.Length, PayloadChunks.LengthOf(chunk, _length) - at);
        _plain.AsMemory(at, count).CopyTo(buffer);
        _position += count;
        return count;
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException("Payloads are read asynchronously.");

    public override long Seek(long offset, SeekOrigin origin) => Position = offset + origin switch
    {
        SeekOrigin.Begin => 0,
        SeekOrigin.Current => _position,
        _ => _length,
    };

    public override void Flush()
    {
    }

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override async ValueTask DisposeAsync()
    {
        await _content.DisposeAsync().ConfigureAwait(false);
        await base.DisposeAsync().ConfigureAwait(false);
    }

    /// <summary>Opens one chunk, or the only one of an empty payload, so that a damaged payload is found before a byte leaves.</summary>
    internal async ValueTask LoadAsync(long chunk, CancellationToken cancellationToken)
    {
        _held = None;
        var length = PayloadChunks.LengthOf(chunk, _length);
        var stored = _sealed.AsMemory(0, length + PayloadChunks.TagBytes);
        _content.Position = PayloadChunks.PositionOf(chunk);
        await _content.ReadExactlyAsync(stored, cancellationToken).ConfigureAwait(false);
        PayloadChunks.Open(_cipher, chunk, chunk == PayloadChunks.Count(_length) - 1, stored.Span, _plain.AsSpan(0, length));
        _held = chunk;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            CryptographicOperations.ZeroMemory(_plain);
            _cipher.Dispose();
            _content.Dispose();
        }

        base.Dispose(disposing);
    }
}
