using System.CommandLine;
using BriData.Cli.Platform;
using BriData.Ledger.Notes;

namespace BriData.Cli.Commands;

/// <summary><c>bridata mirror</c>: copies ledgers into folders that verify later, offline.</summary>
internal static class MirrorCommand
{
    public static Command Create(Surroundings surroundings)
    {
        var token = new TokenOption();
        var address = new Argument<LedgerAddress>("url")
        {
            Description = "The platform, https://bridata.example/, for every ledger you may see; or one ledger, https://bridata.example/v1/ledgers/agreement/cn-kz-customs.",
            CustomParser = static result =>
            {
                if (LedgerAddress.TryParse(result.Tokens[0].Value, out var parsed))
                {
                    return parsed;
                }

                result.AddError($"'{result.Tokens[0].Value}' is not the http or https address of a platform or a ledger.");
                return null;
            },
        };
        var folder = new Argument<DirectoryInfo>("folder") { Description = "Folder of the ledger; for a platform the root of one folder per ledger, kind/name." };
        var vkey = new Option<string?>("--vkey") { Description = "The key that must have signed, for one ledger. Without it, the key that the first run is told is kept and held to." };
        var repair = new Option<bool>("--repair") { Description = "Looks at everything again and fetches what is missing or damaged." };
        var requests = new Option<int?>("--requests") { Description = "Requests at once, 1 to 64; 8 unless given." };
        var command = new Command("mirror", "Copies ledgers into folders, only what is new, and checks signature, hashes and continuity on the way. Exit status 1 when what is offered does not stand.")
        {
            address, folder, vkey, repair, requests,
        };
        token.AddTo(command);
        command.Validators.Add(result =>
        {
            if (result.GetValue(vkey) is { } key && (result.GetValue(address)?.Ledger is null || !NoteVerifier.TryParse(key, out _)))
            {
                result.AddError("--vkey is an Ed25519 note verifier key and goes with one ledger.");
            }

            if (result.GetValue(requests) is < 1 or > 64)
            {
                result.AddError("--requests is 1 to 64.");
            }
        });
        command.Runs(surroundings, async (arguments, cancellationToken) =>
        {
            var from = arguments.GetRequiredValue(address);
            using var platform = new PlatformResources(from.Platform, token.Read(arguments, surroundings), surroundings.Handler(), surroundings.Time);
            var run = new MirrorRun(surroundings, platform, arguments.GetRequiredValue(folder).FullName)
            {
                Vkey = arguments.GetValue(vkey),
                Repair = arguments.GetValue(repair),
                Requests = arguments.GetValue(requests) ?? MirrorRun.DefaultRequests,
            };
            return from.Ledger is { } one ? await run.OneAsync(one, cancellationToken) : await run.AllAsync(cancellationToken);
        });
        return command;
    }
}
