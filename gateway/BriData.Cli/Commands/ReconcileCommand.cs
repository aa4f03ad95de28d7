using System.CommandLine;
using BriData.Cli.Platform;
using BriData.Cli.Verifying;
using BriData.Ledger.Mirroring;
using BriData.Ledger.Notes;
using BriData.Ledger.Reconciling;

namespace BriData.Cli.Commands;

/// <summary><c>bridata reconcile</c>: compares two parties' copies of one ledger.</summary>
internal static class ReconcileCommand
{
    public static Command Create(Surroundings surroundings)
    {
        var a = new Argument<string>("a") { Description = "One copy: a folder or the address of a ledger." };
        var b = new Argument<string>("b") { Description = "The other." };
        var vkey = new Option<string?>("--vkey") { Description = "The key that must have signed both; without it, the key that each copy names." };
        var token = new TokenOption();
        var command = new Command("reconcile", "Compares two copies of a ledger and names every entry that is missing or different on either side. Exit status 1 when there is one.") { a, b, vkey };
        token.AddTo(command);
        command.Validators.Add(result =>
        {
            if (result.GetValue(vkey) is { } key && !NoteVerifier.TryParse(key, out _))
            {
                result.AddError("--vkey is an Ed25519 note verifier key: name+hash+base64.");
            }
        });
        command.Runs(surroundings, async (arguments, cancellationToken) =>
        {
            using var inputs = new LedgerInputs();
            PlatformResources Connect(Uri address) => new(address, token.Read(arguments, surroundings), surroundings.Handler(), surroundings.Time);
            var left = await inputs.RecogniseOneAsync(arguments.GetRequiredValue(a), Connect, cancellationToken);
            var right = await inputs.RecogniseOneAsync(arguments.GetRequiredValue(b), Connect, cancellationToken);
            try
            {
                var result = await LedgerReconciler.CompareAsync(left, right, arguments.GetValue(vkey) is { } key ? NoteVerifier.Parse(key) : null, cancellationToken);
                await new ReconciliationText(surroundings.Output).WriteAsync(result);
                return result.Standing == Standing.Equal ? ExitCodes.Ok : ExitCodes.Found;
            }
            catch (LedgerSourceException e)
            {
                throw new CommandException(ExitCodes.Failed, e.Message);
            }
        });
        return command;
    }
}
