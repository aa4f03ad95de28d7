using System.Security.Cryptography;
using System.Text;
using BriData.Ledger.Erasure;

namespace BriData.Ledger.Payloads;

/// <summary>
/// Reads plain content and gives it out sealed, behind the name of its key (<see cref="PayloadChunks"/>), hashing and counting
/// what it read. Holds two chunks, however long the content is.
/// </summary>
internal sealed class SealingStream(Stream content, ValueKey key, long maxBytes) : Stream
{
    // One byte more than a chunk, since only its presence tells that the chunk before it is not the last.
    private readonly byte[] _plain = new byte[PayloadChunks.PlainBytes + 1];
    private readonly byte[] _sealed = new byte[PayloadChunks.SealedBytes];
    private readonly AesGcm _cipher = PayloadChunks.Cipher(key);
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private int _held;
    private int _sealedAt;
    private int _sealedEnd;
    private long _chunk;
    private bool _ended;
    private bool _named;

    /// <summary>Bytes of content read so far.</summary>
    public long Size { get; private set; }

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <summary>SHA-256 of the content. Once, after the end was read.</summary>
    public Hash256 Digest()
    {
        Span<byte> digest = stackalloc byte[Hash256.ByteCount];
        _hash.GetHashAndReset(digest);
        return Hash256.FromBytes(digest);
    }

    /// <exception cref="PayloadTooLargeException">The content is longer than allowed.</exception>
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (_sealedAt == _sealedEnd)
        {
            if (_ended)
            {
                return 0;
            }

            if (_named)
            {
                await FillAsync(cancellationToken).ConfigureAwait(false);
            }
            else
            {
                (_named, _sealedEnd) = (true, Encoding.ASCII.GetBytes(key.Id, _sealed));
            }
        }

        var count = Math.Min(buffer.Length, _sealedEnd - _sealedAt);
        _sealed.AsMemory(_sealedAt, count).CopyTo(buffer);
        _sealedAt += count;
        return count;
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException("Payloads are read asynchronously.");

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            CryptographicOperations.ZeroMemory(_plain);
            _cipher.Dispose();
            _hash.Dispose();
        }

        base.Dispose(disposing);
    }

    private async ValueTask FillAsync(CancellationToken cancellationToken)
    {
        while (_held < _plain.Length)
        {
            var read = await content.ReadAsync(_plain.AsMemory(_held), cancellationToken).ConfigureAwait(false);
            if (read == 0)
            {
                break;
            }

            Size += read;
            if (Size > maxBytes)
            {
                throw new PayloadTooLargeException(maxBytes);
            }

            _hash.AppendData(_plain, _held, read);
            _held += read;
        }

        _ended = _held < _plain.Length;
        var length = Math.Min(_held, PayloadChunks.PlainBytes);
        PayloadChunks.Seal(_cipher, _chunk++, _ended, _plain.AsSpan(0, length), _sealed.AsSpan(0, length + PayloadChunks.TagBytes));
        (_sealedAt, _sealedEnd) = (0, length + PayloadChunks.TagBytes);
        _held -= length;
        _plain[0] = _plain[PayloadChunks.PlainBytes];
    }
}
