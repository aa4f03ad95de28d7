using System.CommandLine;
using BriData.Cli.Platform;
using BriData.Cli.Verifying;
using BriData.Ledger.Notes;
using BriData.Ledger.Receipts;

namespace BriData.Cli.Commands;

/// <summary><c>bridata verify</c>: checks ledgers from the outside, or one receipt.</summary>
internal sealed class VerifyCommand
{
    private readonly Argument<string?> _input = new("ledger") { Description = "A folder that mirrors a ledger, a folder of such folders, the address of a ledger or of a platform, or the file of an evidence pack.", Arity = ArgumentArity.ZeroOrOne };
    private readonly Option<string?> _vkey = new("--vkey") { Description = "The key that must have signed, known from elsewhere. Without it, the key that each copy names: that shows a copy to be whole, not whose it is." };
    private readonly Option<string[]> _witness = new("--witness") { Description = "Verifier key of a witness; may be repeated." };
    private readonly Option<int?> _quorum = new("--quorum") { Description = "How many of the witnesses must have cosigned; all unless given." };
    private readonly Option<bool> _noReplay = new("--no-replay") { Description = "Checks the tree and signatures only, not what entries say." };
    private readonly Option<FileInfo?> _earlier = new("--from-checkpoint") { Description = "A signed checkpoint kept from before; the ledger must go on from it." };
    private readonly Option<FileInfo?> _report = new("--report") { Description = "Writes what was found as JSON." };
    private readonly Option<FileInfo?> _receipt = new("--receipt") { Description = "Checks this tlog-proof instead of a ledger; needs --entry and --vkey." };
    private readonly Option<FileInfo?> _keys = new("--keys") { Description = "For an evidence pack: a file with the verifier keys, known from elsewhere, that must have signed; one a line. Without it, the keys that the pack names." };
    private readonly Option<FileInfo?> _entry = new("--entry") { Description = "The entry's bytes that the receipt is about." };
    private readonly TokenOption _token = new();
    private readonly Surroundings _surroundings;

    private VerifyCommand(Surroundings surroundings) => _surroundings = surroundings;

    public static Command Create(Surroundings surroundings) => new VerifyCommand(surroundings).Create();

    private Command Create()
    {
        var command = new Command("verify", "Checks ledgers from the outside: signatures, every entry and hash, that every act was lawful where it stands, and every decision by making it again. Exit status 1 when something is not in order.")
        {
            _input, _vkey, _witness, _quorum, _noReplay, _earlier, _report, _receipt, _entry, _keys,
        };
        _token.AddTo(command);
        command.Validators.Add(Check);
        command.Runs(_surroundings, (arguments, cancellationToken) =>
            arguments.GetValue(_receipt) is { } receipt ? ReceiptAsync(arguments, receipt, cancellationToken)
            : File.Exists(arguments.GetValue(_input)) ? EvidenceAsync(arguments, cancellationToken)
            : LedgersAsync(arguments, cancellationToken));
        return command;
    }

    private void Check(System.CommandLine.Parsing.CommandResult result)
    {
        var witnesses = result.GetValue(_witness) ?? [];
        if (result.GetValue(_vkey) is { } vkey && !NoteVerifier.TryParse(vkey, out _))
        {
            result.AddError("--vkey is an Ed25519 note verifier key: name+hash+base64.");
        }

        foreach (var witness in witnesses.Where(w => !CosignatureVerifier.TryParse(w, out _)))
        {
            result.AddError($"'{witness}' is not the verifier key of a witness.");
        }

        if (witnesses.Distinct(StringComparer.Ordinal).Count() != witnesses.Length)
        {
            result.AddError("A witness is named once.");
        }

        if (result.GetValue(_quorum) is { } quorum && (quorum < 1 || quorum > witnesses.Length))
        {
            result.AddError("--quorum is between 1 and the number of --witness.");
        }

        RefuseWhatIsNotLookedAt(result);
        var receipt = result.GetValue(_receipt) is not null;
        if (receipt == (result.GetValue(_input) is not null))
        {
            result.AddError("Name a ledger, or a --receipt.");
        }

        if (receipt != (result.GetValue(_entry) is not null) || (receipt && result.GetValue(_vkey) is null))
        {
            result.AddError("--receipt, --entry and --vkey belong together.");
        }
    }

    /// <summary>An option that is passed over would be taken for a check that was made.</summary>
    private void RefuseWhatIsNotLookedAt(System.CommandLine.Parsing.CommandResult result)
    {
        var (kind, refused) = result.GetValue(_receipt) is not null ? ("a receipt", (Option[])[_noReplay, _earlier, _keys])
            : File.Exists(result.GetValue(_input)) ? ("an evidence pack", [_vkey, _witness, _quorum, _noReplay, _earlier])
            : Directory.Exists(result.GetValue(_input)) || LedgerAddress.TryParse(result.GetValue(_input) ?? "", out _) ? ("a ledger", [_keys])
            : ("what is not there", []);
        foreach (var option in refused.Where(o => result.GetResult(o) is { Implicit: false }))
        {
            result.AddError($"{option.Name} says nothing about {kind}.");
        }
    }

    private async Task<int> LedgersAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        var witnesses = Witnesses(arguments);
        var settings = new VerifySettings(
            arguments.GetValue(_vkey) is { } vkey ? NoteVerifier.Parse(vkey) : null,
            witnesses,
            arguments.GetValue(_quorum) ?? witnesses.Length,
            !arguments.GetValue(_noReplay),
            arguments.GetValue(_earlier) is { } earlier ? System.Text.Encoding.UTF8.GetString(await InputFiles.ReadAsync(earlier, cancellationToken)) : null);
        using var inputs = new LedgerInputs();
        var sources = await inputs.RecogniseAsync(
            arguments.GetRequiredValue(_input)!, address => new PlatformResources(address, _token.Read(arguments, _surroundings), _surroundings.Handler(), _surroundings.Time), cancellationToken);
        if (sources.Count > 1 && (settings.Key is not null || settings.Earlier is not null))
        {
            throw new CommandException(ExitCodes.Usage, "--vkey and --from-checkpoint are of one ledger; name one.");
        }

        var run = new VerifyRun(_surroundings, settings);
        var verified = new List<VerifiedLedger>();
        foreach (var source in sources)
        {
            verified.Add(await run.VerifyAsync(source, cancellationToken));
        }

        var ledgers = await run.CompareAsync(verified);
        await ReportAsync(arguments, new VerificationReport(ledgers.All(l => l.Ok), ledgers), cancellationToken);
        return ledgers.Any(l => !l.Findings.IsEmpty) ? ExitCodes.Found
            : ledgers.Any(l => l.Unread is not null) ? ExitCodes.Failed
            : ExitCodes.Ok;
    }

    private async Task<int> EvidenceAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        var keys = arguments.GetValue(_keys) is { } file ? EvidenceInput.Keys(await InputFiles.ReadAsync(file, cancellationToken)) : null;
        var report = await EvidenceInput.VerifyAsync(_surroundings, arguments.GetRequiredValue(_input)!, keys, cancellationToken);
        var whose = keys is null ? "; signed by keys that it names itself: without --keys that shows it to be whole, not whose it is" : "";
        await _surroundings.Output.WriteLineAsync(report.Ok
            ? $"Evidence pack of {report.Country}: {report.Entries} entries, all in their ledgers, none missing since it was sealed{whose}"
            : $"The evidence pack does not hold: line {report.FirstBadLine}: {report.Problem}");
        await ReportAsync(arguments, new VerificationReport(report.Ok, []) { Pack = new VerifiedPack(report.Country, report.Entries, keys is not null, report.FirstBadLine, report.Problem) }, cancellationToken);
        return report.Ok ? ExitCodes.Ok : ExitCodes.Found;
    }

    private async Task<int> ReceiptAsync(ParseResult arguments, FileInfo receipt, CancellationToken cancellationToken)
    {
        var entry = await InputFiles.ReadAsync(arguments.GetRequiredValue(_entry)!, cancellationToken);
        var witnesses = Witnesses(arguments);
        var result = TlogProof.TryParse(System.Text.Encoding.UTF8.GetString(await InputFiles.ReadAsync(receipt, cancellationToken)), out var proof)
            ? proof.VerifyEntry(entry, NoteVerifier.Parse(arguments.GetRequiredValue(_vkey)!), witnesses, arguments.GetValue(_quorum) ?? witnesses.Length)
            : new TlogProofResult($"{receipt.Name} is not a tlog-proof.", null);
        var cosigned = witnesses.Length > 0 ? $", cosigned by {result.Witnesses} of {witnesses.Length} witnesses" : "";
        await _surroundings.Output.WriteLineAsync(result.Checkpoint is { } checkpoint
            ? $"{checkpoint.Origin}: the entry is at index {proof!.Index} of {checkpoint.Size}, root {checkpoint.Root}{cosigned}"
            : $"The receipt does not hold: {result.Problem}");
        await ReportAsync(
            arguments,
            new VerificationReport(result.IsValid, []) { Receipt = new VerifiedReceipt(result.Checkpoint?.Origin, proof?.Index, result.Checkpoint?.Size, result.Checkpoint?.Root.ToString(), result.Witnesses, result.Problem) },
            cancellationToken);
        return result.IsValid ? ExitCodes.Ok : ExitCodes.Found;
    }

    private CosignatureVerifier[] Witnesses(ParseResult arguments) => [.. (arguments.GetValue(_witness) ?? []).Select(CosignatureVerifier.Parse)];

    private async Task ReportAsync(ParseResult arguments, VerificationReport report, CancellationToken cancellationToken)
    {
        if (arguments.GetValue(_report) is { } file)
        {
            await InputFiles.WriteAsync(file, report.Write(), cancellationToken);
        }
    }
}
