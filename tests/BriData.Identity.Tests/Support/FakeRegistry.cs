using System.Collections.Concurrent;

namespace BriData.Identity.Tests.Support;

internal sealed class FakeRegistry : IIssuerRegistry
{
    private readonly ConcurrentDictionary<string, RegisteredIssuer[]> _issuers = new();
    private int _reads;

    public int Reads => Volatile.Read(ref _reads);

    public Exception? Failure { get; set; }

    /// <summary>While set, every read waits until all participants have come to it.</summary>
    public Meeting? Meeting { get; set; }

    public void Register(string country, params string[] issuers) =>
        _issuers[country] = [.. issuers.Select(static issuer => new RegisteredIssuer(issuer, $"{issuer}/.well-known/openid-configuration"))];

    public void Register(string country, RegisteredIssuer issuer) => _issuers[country] = [issuer];

    public async ValueTask<IReadOnlyList<RegisteredIssuer>> GetIssuersAsync(string country, CancellationToken cancellationToken = default)
    {
        Interlocked.Increment(ref _reads);
        cancellationToken.ThrowIfCancellationRequested();
        if (Meeting is { } meeting)
        {
            await meeting.ArriveAsync(cancellationToken);
        }

        return Failure is null ? _issuers.GetValueOrDefault(country, []) : throw Failure;
    }
}
