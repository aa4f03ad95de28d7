using System.Net;
using System.Text;
using BriData.Ledger.Witnesses;
using Microsoft.Extensions.Options;

namespace BriData.Silo.Witnesses;

/// <summary>
/// Sends checkpoints to witnesses (C2SP tlog-witness). Follows no redirect, and reads no more of an answer than one may be
/// long: a witness is named by a country, not by the operator.
/// </summary>
internal sealed class WitnessClient : IDisposable
{
    private const int MaxAnswer = 64 << 10;

    private readonly HttpClient _http;

    /// <param name="options">Settings.</param>
    /// <param name="handler">How requests leave.</param>
    public WitnessClient(IOptions<WitnessOptions> options, HttpMessageHandler handler) =>
        _http = new HttpClient(handler) { Timeout = options.Value.Timeout, MaxResponseContentBufferSize = MaxAnswer };

    /// <summary>The handler of a running platform.</summary>
    public static HttpMessageHandler Handler() => new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        MaxResponseHeadersLength = 16,
    };

    public async Task<WitnessReply> AddAsync(Uri prefix, AddCheckpointRequest request, CancellationToken cancellationToken)
    {
        var address = new Uri(prefix.AbsoluteUri.TrimEnd('/') + "/add-checkpoint");
        try
        {
            using var content = new ByteArrayContent(Encoding.UTF8.GetBytes(request.Write()));
            using var response = await _http.PostAsync(address, content, cancellationToken);
            return Read(response, Encoding.UTF8.GetString(await response.Content.ReadAsByteArrayAsync(cancellationToken)));
        }
        catch (HttpRequestException e)
        {
            return new WitnessReply.Unavailable(e.Message);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new WitnessReply.Unavailable($"No answer within {_http.Timeout.TotalSeconds:0.###} s.");
        }
    }

    public void Dispose() => _http.Dispose();

    private static WitnessReply Read(HttpResponseMessage response, string body) => response.StatusCode switch
    {
        HttpStatusCode.OK when CosignatureLines.TryParse(body, out var signatures) => new WitnessReply.Cosigned(signatures),
        HttpStatusCode.Conflict when CosignatureLines.TryParseSize(body, out var size) => new WitnessReply.Holds(size),
        HttpStatusCode.UnprocessableEntity => new WitnessReply.Inconsistent(),
        HttpStatusCode.TooManyRequests or >= HttpStatusCode.InternalServerError => new WitnessReply.Unavailable($"Status {(int)response.StatusCode}."),
        var other => new WitnessReply.Refused($"Status {(int)other}."),
    };
}
