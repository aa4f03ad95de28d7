using System.Collections.Concurrent;
using System.Net;
using System.Text.Json.Nodes;

namespace BriData.Identity.Tests.Support;

/// <summary>The network as the verifier sees it: documents by address, with a count of requests and a switch to be down.</summary>
internal sealed class FakeDiscovery : HttpMessageHandler
{
    private readonly ConcurrentDictionary<string, Func<HttpResponseMessage>> _answers = new();
    private readonly ConcurrentQueue<string> _requests = new();

    public bool Down { get; set; }

    /// <summary>While set, requests wait for it.</summary>
    public TaskCompletionSource? Gate { get; set; }

    /// <summary>Completed by the first request.</summary>
    public TaskCompletionSource Reached { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public IReadOnlyCollection<string> Requests => _requests;

    public int Discoveries => _requests.Count(static address => address.EndsWith("/openid-configuration", StringComparison.Ordinal));

    public void Publish(string issuer, params SigningKey[] keys)
    {
        Serve($"{issuer}/.well-known/openid-configuration", new JsonObject { ["issuer"] = issuer, ["jwks_uri"] = $"{issuer}/jwks" }.ToJsonString());
        Serve($"{issuer}/jwks", new JsonObject { ["keys"] = new JsonArray([.. keys.Select(static key => key.Jwk.DeepClone())]) }.ToJsonString());
    }

    public void Serve(string address, string json) => Answer(address, () => new HttpResponseMessage(HttpStatusCode.OK) { Content = new StringContent(json) });

    public void Answer(string address, Func<HttpResponseMessage> answer) => _answers[address] = answer;

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var address = request.RequestUri!.AbsoluteUri;
        _requests.Enqueue(address);
        Reached.TrySetResult();
        if (Gate is { } gate)
        {
            await gate.Task.WaitAsync(cancellationToken);
        }

        return Down
            ? throw new HttpRequestException("The network is down.")
            : _answers.TryGetValue(address, out var answer) ? answer() : new HttpResponseMessage(HttpStatusCode.NotFound);
    }
}
