using System.CommandLine;

namespace BriData.Cli.Platform;

/// <summary>
/// How a command proves who asks. A token is never an argument: arguments can be read by every user of the machine.
/// </summary>
internal sealed class TokenOption
{
    public const string Variable = "BRIDATA_TOKEN";

    private readonly Option<FileInfo?> _file = new("--token-file") { Description = $"File that holds the bearer token; without it, the variable {Variable} does." };

    public void AddTo(Command command) => command.Options.Add(_file);

    /// <summary>The bearer token.</summary>
    /// <exception cref="CommandException">There is none.</exception>
    public string Read(ParseResult arguments, Surroundings surroundings)
    {
        var file = arguments.GetValue(_file);
        string? token;
        try
        {
            token = file is null ? surroundings.Variable(Variable) : File.ReadAllText(file.FullName);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CommandException(ExitCodes.Usage, $"The token file cannot be read: {e.Message}");
        }

        return string.IsNullOrWhiteSpace(token)
            ? throw new CommandException(ExitCodes.Usage, $"Who asks? Set {Variable}, or name a file with --token-file.")
            : token.Trim();
    }
}
