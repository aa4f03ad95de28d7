using System.Net;
using System.Text;

namespace BriData.Cli.Tests;

/// <summary>Runs a command against a platform that answers as a test says.</summary>
internal sealed class Terminal
{
    private readonly StringWriter _output = new();
    private readonly StringWriter _messages = new();

    /// <summary>The answer of the platform.</summary>
    public Func<HttpRequestMessage, HttpResponseMessage> Platform { get; init; } = _ => throw new InvalidOperationException("Nobody was to be called.");

    public string? Token { get; init; } = "a.b.c";

    /// <summary>What the person types.</summary>
    public string Input { get; init; } = "";

    public TimeProvider Time { get; init; } = TimeProvider.System;

    public string Output => _output.ToString();

    public string Messages => _messages.ToString();

    /// <summary>The last request that was sent.</summary>
    public HttpRequestMessage? Request { get; private set; }

    public static HttpResponseMessage Lines(params string[] lines) =>
        new(HttpStatusCode.OK) { Content = new StringContent(string.Concat(lines.Select(line => line + "\n")), Encoding.UTF8, "application/x-ndjson") };

    public Task<int> RunAsync(params string[] arguments)
    {
        var surroundings = new Surroundings(_output, _messages, name => name == "BRIDATA_TOKEN" ? Token : null) { Handler = () => new Answering(this), Input = new StringReader(Input), Time = Time };
        var configuration = new System.CommandLine.InvocationConfiguration { Output = _output, Error = _messages };
        return BriDataCommand.RunAsync(surroundings, arguments, configuration, TestContext.Current.CancellationToken);
    }

    private sealed class Answering(Terminal terminal) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            terminal.Request = request;
            return Task.FromResult(terminal.Platform(request));
        }
    }
}
