using System.Net.Http.Headers;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

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
        using var response = await SendAsync(new HttpRequestMessage(method, path), cancellationToken);
        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync(cancellationToken));
        while (await NextAsync(reader, cancellationToken) is { } line)
        {
            if (line.Length > 0)
            {
                yield return Parse(line);
            }
        }
    }

    /// <summary>The body of an answer.</summary>
    /// <exception cref="CommandException">The platform refuses, or cannot be reached.</exception>
    public async Task<byte[]> GetAsync(string path, CancellationToken cancellationToken)
    {
        using var response = await SendAsync(new HttpRequestMessage(HttpMethod.Get, path), cancellationToken);
        return await ReadAsync(response, cancellationToken);
    }

    /// <summary>Acts, once: the request carries a key of its own. Members without a value are left out.</summary>
    /// <exception cref="CommandException">The platform refuses, or cannot be reached.</exception>
    public async Task<JsonElement> PostAsync(string path, JsonObject body, CancellationToken cancellationToken)
    {
        foreach (var empty in body.Where(member => member.Value is null).Select(member => member.Key).ToArray())
        {
            body.Remove(empty);
        }

        var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json") };
        request.Headers.Add("Idempotency-Key", Guid.NewGuid().ToString("N"));
        using var response = await SendAsync(request, cancellationToken);
        return Parse(Encoding.UTF8.GetString(await ReadAsync(response, cancellationToken)));
    }

    private static async Task<byte[]> ReadAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        try
        {
            return await response.Content.ReadAsByteArrayAsync(cancellationToken);
        }
        catch (Exception e) when (e is IOException or HttpRequestException)
        {
            throw new CommandException(ExitCodes.Failed, $"The connection broke before the answer was complete: {e.Message}");
        }
    }

    private async Task<HttpResponseMessage> SendAsync(HttpRequestMessage message, CancellationToken cancellationToken)
    {
        HttpResponseMessage response;
        try
        {
            using var request = message;
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
            throw new CommandException(ExitCodes.Failed, "The platform's answer has a line that is not JSON.");
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
