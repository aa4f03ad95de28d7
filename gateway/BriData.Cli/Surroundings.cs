namespace BriData.Cli;

/// <summary>What a command touches beside its arguments, so that a test can stand in for it.</summary>
/// <param name="Output">Results, for another program to read.</param>
/// <param name="Messages">Progress and problems, for a person.</param>
/// <param name="Variable">Reads an environment variable.</param>
internal sealed record Surroundings(TextWriter Output, TextWriter Messages, Func<string, string?> Variable)
{
    /// <summary>What the person answers when asked.</summary>
    public TextReader Input { get; init; } = TextReader.Null;

    /// <summary>Opens the connection to a platform; a test replaces it.</summary>
    public Func<HttpMessageHandler> Handler { get; init; } = static () => new SocketsHttpHandler { AutomaticDecompression = System.Net.DecompressionMethods.All };

    /// <summary>The clock.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;
}
