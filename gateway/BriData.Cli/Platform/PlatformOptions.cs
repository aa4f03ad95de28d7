using System.CommandLine;

namespace BriData.Cli.Platform;

/// <summary>How a command finds the platform and proves who asks.</summary>
/// <param name="optional">True when the command also works without a platform.</param>
internal sealed class PlatformOptions(bool optional = false)
{
    private readonly Argument<Uri> _address = new("platform")
    {
        Description = "Address of the platform, such as https://bridata.example/.",
        Arity = optional ? ArgumentArity.ZeroOrOne : ArgumentArity.ExactlyOne,
        CustomParser = static result => Uri.TryCreate(result.Tokens[0].Value.TrimEnd('/') + "/", UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https"
            ? uri
            : Refuse(result, $"'{result.Tokens[0].Value}' is not an http or https address."),
    };

    private readonly TokenOption _token = new();

    public void AddTo(Command command)
    {
        command.Arguments.Add(_address);
        _token.AddTo(command);
    }

    /// <summary>Whether a platform was named.</summary>
    public bool IsGiven(ParseResult arguments) => arguments.GetResult(_address) is { Tokens.Count: > 0 };

    /// <summary>A client of the platform.</summary>
    /// <exception cref="CommandException">There is no token.</exception>
    public PlatformClient Connect(ParseResult arguments, Surroundings surroundings) =>
        new(arguments.GetRequiredValue(_address), _token.Read(arguments, surroundings), surroundings.Handler());

    private static Uri? Refuse(System.CommandLine.Parsing.ArgumentResult result, string message)
    {
        result.AddError(message);
        return null;
    }
}
