using System.CommandLine;

namespace BriData.Cli.Platform;

/// <summary>
/// How a command finds the platform and proves who asks. A token is never an argument: arguments can be read by every user
/// of the machine.
/// </summary>
internal sealed class PlatformOptions
{
    public const string TokenVariable = "BRIDATA_TOKEN";

    private readonly Argument<Uri> _address = new("platform")
    {
        Description = "Address of the platform, such as https://bridata.example/.",
        CustomParser = static result => Uri.TryCreate(result.Tokens[0].Value.TrimEnd('/') + "/", UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https"
            ? uri
            : Refuse(result, $"'{result.Tokens[0].Value}' is not an http or https address."),
    };

    private readonly Option<FileInfo?> _tokenFile = new("--token-file") { Description = $"File that holds the bearer token; without it, the variable {TokenVariable} does." };

    public void AddTo(Command command)
    {
        command.Arguments.Add(_address);
        command.Options.Add(_tokenFile);
    }

    /// <summary>A client of the platform.</summary>
    /// <exception cref="CommandException">There is no token.</exception>
    public PlatformClient Connect(ParseResult arguments, Surroundings surroundings)
    {
        var file = arguments.GetValue(_tokenFile);
        string? token;
        try
        {
            token = file is null ? surroundings.Variable(TokenVariable) : File.ReadAllText(file.FullName);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CommandException(ExitCodes.Usage, $"The token file cannot be read: {e.Message}");
        }

        return string.IsNullOrWhiteSpace(token)
            ? throw new CommandException(ExitCodes.Usage, $"Who asks? Set {TokenVariable}, or name a file with --token-file.")
            : new PlatformClient(arguments.GetRequiredValue(_address), token.Trim(), surroundings.Handler());
    }

    private static Uri? Refuse(System.CommandLine.Parsing.ArgumentResult result, string message)
    {
        result.AddError(message);
        return null;
    }
}
