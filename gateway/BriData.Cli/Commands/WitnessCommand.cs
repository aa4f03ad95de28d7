using System.CommandLine;
using BriData.Cli.Platform;
using BriData.Cli.Witness;
using BriData.Ledger.Notes;

namespace BriData.Cli.Commands;

/// <summary><c>bridata witness</c>: serves as a witness of logs, of this platform or any other that speaks C2SP tlog-witness.</summary>
internal static class WitnessCommand
{
    public static Command Create(Surroundings surroundings)
    {
        var state = new Option<DirectoryInfo>("--state") { Description = "Folder of the witness's key, checkpoints and evidence; made at the first start. Never put back an older copy of it.", Required = true };
        var logs = new Option<FileInfo>("--logs") { Description = "File with the verifier key of each log to serve, one per line; # starts a comment. Read again when it changes.", Required = true };
        var name = new Option<string?>("--name") { Description = "Name of the witness, such as witness.example/kz; needed at the first start." };
        var urls = new Option<string[]>("--urls") { Description = "Addresses to listen on, http only: put a proxy with TLS in front.", DefaultValueFactory = _ => ["http://127.0.0.1:5090"], AllowMultipleArgumentsPerToken = true };
        var rate = new Option<int>("--rate") { Description = "Requests per second from one client.", DefaultValueFactory = _ => 200 };
        name.Validators.Add(static result =>
        {
            if (result.GetValueOrDefault<string?>() is { } stated && !CosignatureSigner.IsName(stated))
            {
                result.AddError($"'{stated}' is not a name: no white space, no plus sign.");
            }
        });
        rate.Validators.Add(static result =>
        {
            if (result.GetValueOrDefault<int>() is < 1 or > 1_000_000)
            {
                result.AddError("--rate is 1 to 1,000,000.");
            }
        });
        urls.Validators.Add(static result =>
        {
            foreach (var url in result.GetValueOrDefault<string[]>() ?? [])
            {
                if (!Uri.TryCreate(url, UriKind.Absolute, out var uri) || uri.Scheme != Uri.UriSchemeHttp || uri.AbsolutePath != "/")
                {
                    result.AddError($"'{url}' is not an http address without a path.");
                }
            }
        });
        var command = new Command("witness", "Cosigns the checkpoints of logs (C2SP tlog-witness) until it is stopped. Prints its verifier key.") { state, logs, name, urls, rate };
        command.Runs(surroundings, async (arguments, cancellationToken) =>
        {
            using var folder = WitnessFolder.Open(arguments.GetRequiredValue(state).FullName, arguments.GetValue(name));
            await using var app = WitnessServer.Build(arguments.GetRequiredValue(urls), arguments.GetValue(rate), logger => new CheckpointWitness(
                folder.Signer,
                new WitnessedLogs(arguments.GetRequiredValue(logs).FullName, logger),
                new HeldCheckpoints(folder.Logs, CosignatureVerifier.Parse(folder.Signer.VerifierKey)),
                new Evidence(folder.Evidence, surroundings.Time, logger),
                surroundings.Time,
                logger));
            await ServeAsync(app, folder.Signer.VerifierKey, surroundings, cancellationToken);
            return ExitCodes.Ok;
        });
        return command;
    }

    private static async Task ServeAsync(WebApplication app, string verifierKey, Surroundings surroundings, CancellationToken cancellationToken)
    {
        try
        {
            await app.StartAsync(cancellationToken);
        }
        catch (Exception e) when (e is IOException or InvalidOperationException)
        {
            throw new CommandException(ExitCodes.Failed, $"It cannot listen: {e.Message}");
        }

        await surroundings.Output.WriteLineAsync(verifierKey);
        await surroundings.Output.FlushAsync(cancellationToken);
        foreach (var url in app.Urls)
        {
            await surroundings.Messages.WriteLineAsync($"Serving {url}");
        }

        await app.WaitForShutdownAsync(cancellationToken);
    }
}
