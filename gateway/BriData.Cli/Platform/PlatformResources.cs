using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using BriData.Ledger.Mirroring;

namespace BriData.Cli.Platform;

/// <summary>
/// Reads resources over HTTP that are small enough to hold in memory. What may pass (429, 502, 503, 504, a broken
/// connection) is tried again, later each time. Safe for concurrent use.
/// </summary>
internal sealed class PlatformResources : IDisposable
{
    private const int Attempts = 6;

    private static readonly TimeSpan FirstDelay = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan LongestDelay = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(100);

    private readonly HttpClient _http;
    private readonly TimeProvider _clock;

    public PlatformResources(Uri address, string token, HttpMessageHandler handler, TimeProvider clock)
    {
        Address = address;
        _clock = clock;
        _http = new HttpClient(handler) { BaseAddress = address, Timeout = Timeout, MaxResponseContentBufferSize = EntryBundle.MaxBytes };
        _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
    }

    /// <summary>Address of the platform, ending in a slash.</summary>
    public Uri Address { get; }

    public void Dispose() => _http.Dispose();

    /// <summary>The ledgers that the caller may see.</summary>
    /// <exception cref="LedgerSourceException">They cannot be read.</exception>
    public async Task<IReadOnlyList<ListedLedger>> ListLedgersAsync(CancellationToken cancellationToken)
    {
        var json = await ReadAsync("v1/ledgers", cancellationToken) ?? throw new LedgerSourceException($"{Address} lists no ledgers.");
        try
        {
            return [.. JsonElement.Parse(json.Span).GetProperty("items").EnumerateArray().Select(
                item => new ListedLedger(item.GetProperty("id").GetString()!, item.GetProperty("vkey").GetString()!))];
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            throw new LedgerSourceException($"{Address}v1/ledgers is no list of ledgers.", e);
        }
    }

    /// <summary>Reads a resource; null when it is not there.</summary>
    /// <exception cref="LedgerSourceException">Refused, or still not to be had after several attempts.</exception>
    public async Task<ReadOnlyMemory<byte>?> ReadAsync(string path, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            var (content, refusal, retryAfter) = await TryReadAsync(path, cancellationToken);
            if (refusal is null)
            {
                return content;
            }

            if (retryAfter is not { } asked || attempt == Attempts)
            {
                throw new LedgerSourceException(refusal);
            }

            var own = FirstDelay * (1 << (attempt - 1));
            var delay = asked > own ? asked : own;
            await Task.Delay(delay < LongestDelay ? delay : LongestDelay, _clock, cancellationToken);
        }
    }

    private async Task<(ReadOnlyMemory<byte>? Content, string? Refusal, TimeSpan? RetryAfter)> TryReadAsync(string path, CancellationToken cancellationToken)
    {
        try
        {
            using var response = await _http.GetAsync(path, cancellationToken);
            var body = await response.Content.ReadAsByteArrayAsync(cancellationToken);
            if (response.IsSuccessStatusCode)
            {
                return (body, null, null);
            }

            var (code, detail) = ProblemIn(body);
            return response.StatusCode == HttpStatusCode.NotFound && code is null or "unknown_tile" or "unknown_document" or "not_witnessed" or "route_not_found"
                ? (null, null, null)
                : (null, $"{Address}{path}: status {(int)response.StatusCode} {code} {detail}".TrimEnd(), MayPass(response.StatusCode, code) ? RetryAfter(response) : null);
        }
        catch (Exception e) when (e is HttpRequestException or IOException || (e is TaskCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return (null, $"{Address}{path} cannot be reached: {e.Message}", TimeSpan.Zero);
        }
    }

    // A damaged ledger does not heal by asking again.
    private static bool MayPass(HttpStatusCode status, string? code) =>
        code != "ledger_corrupt"
        && status is HttpStatusCode.TooManyRequests or HttpStatusCode.BadGateway or HttpStatusCode.ServiceUnavailable or HttpStatusCode.GatewayTimeout;

    private TimeSpan RetryAfter(HttpResponseMessage response) => response.Headers.RetryAfter switch
    {
        { Delta: { } delta } => delta,
        { Date: { } date } when date > _clock.GetUtcNow() => date - _clock.GetUtcNow(),
        _ => TimeSpan.Zero,
    };

    // A problem document (RFC 9457) has a code; a proxy in between, or another log, may answer with anything.
    private static (string? Code, string? Detail) ProblemIn(byte[] body)
    {
        try
        {
            var problem = JsonElement.Parse(body);
            return (problem.GetProperty("code").GetString(), problem.GetProperty("detail").GetString());
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            return (null, null);
        }
    }
}

/// <param name="Id">Ledger identifier.</param>
/// <param name="Vkey">Its verifier key, as the platform states it.</param>
internal sealed record ListedLedger(string Id, string Vkey);
