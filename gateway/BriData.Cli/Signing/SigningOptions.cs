using System.CommandLine;
using System.Text;
using BriData.Cli.Platform;
using BriData.Entries.Signatures;
using BriData.Ledger.Signing;

namespace BriData.Cli.Signing;

/// <summary>Who signs, and the signing itself: nothing is signed that was not shown and agreed to.</summary>
internal sealed class SigningOptions
{
    private readonly Option<FileInfo> _key = new("--key") { Description = "The private key, as 'bridata key new' writes it.", Required = true };
    private readonly Option<string> _country = new("--country") { Description = "The country that acts, ISO 3166-1 alpha-2.", Required = true };
    private readonly Option<bool> _yes = new("--yes") { Description = "Sign what is shown without asking." };

    /// <summary>Whether the act is also handed in.</summary>
    public Option<bool> Post { get; } = new("--post") { Description = "Also hand the signed act to the platform." };

    public void AddTo(Command command)
    {
        command.Options.Add(_key);
        command.Options.Add(_country);
        command.Options.Add(_yes);
        command.Options.Add(Post);
    }

    public string Country(ParseResult arguments) => arguments.GetRequiredValue(_country);

    /// <summary>Shows the paper and the act, asks, signs, and writes the JWS.</summary>
    /// <param name="arguments">The command line.</param>
    /// <param name="surroundings">Where it is shown and asked.</param>
    /// <param name="paper">What is signed, for a person.</param>
    /// <param name="act">The act, canonical JSON, given its date.</param>
    /// <exception cref="CommandException">The person does not agree, or the key cannot be used.</exception>
    public async Task<string> SignAsync(ParseResult arguments, Surroundings surroundings, string paper, Func<string, byte[]> act)
    {
        using var key = KeyFile.Read(arguments.GetRequiredValue(_key));
        var payload = act(SignedAct.Text(surroundings.Time.GetUtcNow()));
        await surroundings.Messages.WriteLineAsync(paper);
        await surroundings.Messages.WriteLineAsync($"\nSigned will be, with the key {key.PublicKey.KeyId}:\n{Encoding.UTF8.GetString(payload)}");
        if (!arguments.GetValue(_yes))
        {
            await surroundings.Messages.WriteAsync("Sign this? [y/N] ");
            if ((await surroundings.Input.ReadLineAsync())?.Trim() is not ("y" or "Y" or "yes"))
            {
                throw new CommandException(ExitCodes.Failed, "Nothing was signed.");
            }
        }

        var signature = CompactJws.Sign(key, SignedAct.Type, payload);
        await surroundings.Output.WriteLineAsync(signature);
        return signature;
    }
}
