using System.Collections.Concurrent;
using System.Security.Cryptography;

namespace BriData.Ledger.Payloads;

/// <summary>Payloads in this process's memory, for tests and trials.</summary>
public sealed class InMemoryPayloadStore : IPayloadStore
{
    private const int ReferenceBytes = 16;
    private const int ChunkBytes = 64 * 1024;

    private readonly ConcurrentDictionary<(string Jurisdiction, string Reference), byte[]> _staged = new();
    private readonly ConcurrentDictionary<(string Jurisdiction, string Reference), byte[]> _published = new();
    private readonly Lock _move = new();

    /// <summary>How many payloads are held, staged and published.</summary>
    public int Count => _staged.Count + _published.Count;

    /// <inheritdoc/>
    public async Task<StagedPayload> StageAsync(string jurisdiction, Stream content, long maxBytes, CancellationToken cancellationToken = default)
    {
        PayloadNames.RequireJurisdiction(jurisdiction);
        ArgumentNullException.ThrowIfNull(content);
        ArgumentOutOfRangeException.ThrowIfNegative(maxBytes);
        using var received = new MemoryStream();
        var chunk = new byte[ChunkBytes];
        for (int read; (read = await content.ReadAsync(chunk, cancellationToken)) > 0;)
        {
            if (received.Length + read > maxBytes)
            {
                throw new PayloadTooLargeException(maxBytes);
            }

            received.Write(chunk, 0, read);
        }

        var bytes = received.ToArray();
        var reference = RandomNumberGenerator.GetHexString(ReferenceBytes * 2, lowercase: true);
        _staged[(jurisdiction, reference)] = bytes;
        return new StagedPayload(jurisdiction, reference, bytes.Length, Hash256.OfSha256(bytes));
    }

    /// <inheritdoc/>
    public Task PublishAsync(StagedPayload staged, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(staged);
        var key = (staged.Jurisdiction, staged.Reference);
        lock (_move)
        {
            if (_staged.TryRemove(key, out var bytes))
            {
                _published[key] = bytes;
            }
            else if (!_published.ContainsKey(key))
            {
                return Task.FromException(new PayloadStoreException(false, $"Payload {staged.Reference} is not staged in {staged.Jurisdiction}."));
            }
        }

        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task DiscardAsync(StagedPayload staged, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(staged);
        lock (_move)
        {
            _staged.TryRemove((staged.Jurisdiction, staged.Reference), out _);
            _published.TryRemove((staged.Jurisdiction, staged.Reference), out _);
        }

        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task<Stream?> OpenAsync(string jurisdiction, string reference, CancellationToken cancellationToken = default) =>
        Task.FromResult<Stream?>(_published.TryGetValue((jurisdiction, reference), out var bytes) ? new MemoryStream(bytes, writable: false) : null);
}
