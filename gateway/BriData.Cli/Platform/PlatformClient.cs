using System.Net.Http.Headers;
using System.Runtime.CompilerServices;
using System.Text.Json;

namespace BriData.Cli.Platform;

/// <summary>Calls the HTTP API.</summary>
internal sealed class PlatformClient : IDisposable
{
    private readonly HttpClient _http;

    public PlatformClient(Uri address, string token, HttpMessageHandler handler)
    {
        _http = new HttpClient(handler) { BaseAddress = address, Timeout = Timeout.InfiniteTimeSpan };
        _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
    }

    public void Dispose() => _http.Dispose();

    /// <summary>The lines of a report, each as soon as it has come.</summary>
    /// <exception cref="CommandException">The platform refuses, cannot be reached, or the connection breaks.</exception>
    public async IAsyncEnumerable<JsonElement> ReadLinesAsync(
        HttpMethod method, string path, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var response = await SendAsync(method, path, cancellationToken);
        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync(cancellationToken));
        while (await NextAsync(reader, cancellationToken) is { } line)
        {
            if (line.Length > 0)
            {
                yield return Parse(line);
            }
        }
    }

    private async Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, CancellationToken cancellationToken)
    {
        HttpResponseMessage response;
        try
        {
            using var request = new HttpRequestMessage(method, path);
            response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        }
        catch (HttpRequestException e)
        {
            throw new CommandException(ExitCodes.Failed, $"{_http.BaseAddress} cannot be reached: {e.Message}");
        }

        if (response.IsSuccessStatusCode)
        {
            return response;
        }

        using (response)
        {
            throw new CommandException(ExitCodes.Failed, Problem(response, await response.Content.ReadAsStringAsync(cancellationToken)));
        }
    }

    private static async Task<string?> NextAsync(StreamReader reader, CancellationToken cancellationToken)
    {
        try
        {
            return await reader.ReadLineAsync(cancellationToken);
        }
        catch (Exception e) when (e is IOException or HttpRequestException)
        {
            throw new CommandException(ExitCodes.Failed, $"The connection broke before the report was complete: {e.Message}");
        }
    }

    private static JsonElement Parse(string line)
    {
        try
        {
            return JsonElement.Parse(line);
        }
        catch (JsonException)
        {
            throw new CommandException(ExitCodes.Failed, "The report has a line that is not JSON.");
        }
    }

    // A problem document (RFC 9457) has a code; a proxy in between may answer with anything.
    private static string Problem(HttpResponseMessage response, string body)
    {
        try
        {
            var problem = JsonElement.Parse(body);
            return $"Refused ({problem.GetProperty("code").GetString()}): {problem.GetProperty("detail").GetString()}";
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            return $"The platform answered with status {(int)response.StatusCode}.";
        }
    }
}
