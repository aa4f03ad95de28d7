using System.CommandLine;
using System.Text.Json.Nodes;
using BriData.Cli.Platform;
using BriData.Cli.Signing;
using BriData.Entries.Signatures;

namespace BriData.Cli.Commands;

/// <summary>
/// <c>bridata sign</c>: signs an act with a key that the platform never sees. The digest is always reckoned from the paper
/// itself, never taken from a platform.
/// </summary>
internal static class SignCommand
{
    public static Command Create(Surroundings surroundings) => new("sign", "Signs an act of a country, after showing what is signed.")
    {
        CreateAgreement(surroundings),
        PackSigning.Create(surroundings),
    };

    /// <summary>The paper: from the file, or from the platform by its path.</summary>
    /// <exception cref="CommandException">Neither can be read.</exception>
    public static async Task<byte[]> PaperAsync(FileInfo? document, PlatformClient? client, string path, CancellationToken cancellationToken)
    {
        if (document is null)
        {
            return await client!.GetAsync(path, cancellationToken);
        }

        try
        {
            return await File.ReadAllBytesAsync(document.FullName, cancellationToken);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CommandException(ExitCodes.Usage, $"{document} cannot be read: {e.Message}");
        }
    }

    private static Command CreateAgreement(Surroundings surroundings)
    {
        var platform = new PlatformOptions(optional: true);
        var id = new Argument<string?>("agreement") { Description = "Agreement identifier.", Arity = ArgumentArity.ZeroOrOne };
        var document = new Option<FileInfo?>("--document") { Description = "The terms in a file, instead of those on the platform." };
        var signing = new SigningOptions();
        var act = new Option<string>("--act") { Description = "sign, suspend, resume or terminate.", DefaultValueFactory = _ => "sign" };
        act.AcceptOnlyFromAmong("sign", "suspend", "resume", "terminate");
        var reason = new Option<string?>("--reason") { Description = "For the record, with --post and another act than sign; not part of what is signed." };
        var command = new Command("agreement", "Signs an agreement, or its suspension, resumption or end. Writes the JWS; --post also sends it.");
        platform.AddTo(command);
        command.Arguments.Add(id);
        command.Options.Add(document);
        command.Options.Add(act);
        command.Options.Add(reason);
        signing.AddTo(command);
        command.Validators.Add(result =>
        {
            if (result.GetValue(id) is null && (result.GetValue(document) is null || result.GetValue(signing.Post)))
            {
                result.AddError("Name a platform and an agreement, or a file with --document.");
            }
        });
        command.Runs(surroundings, async (arguments, cancellationToken) =>
        {
            using var client = platform.IsGiven(arguments) ? platform.Connect(arguments, surroundings) : null;
            var path = $"v1/agreements/{Uri.EscapeDataString(arguments.GetValue(id) ?? "")}";
            var paper = AgreementPaper.Read(await PaperAsync(arguments.GetValue(document), client, path, cancellationToken));
            var (country, name) = (signing.Country(arguments), arguments.GetRequiredValue(act));
            Check(paper, arguments.GetValue(id), country);
            var signature = await signing.SignAsync(
                arguments, surroundings, paper.Text, at => Acts.OnAgreement($"agreement.{name}", paper.Document.Id, paper.Digest, country, at));
            if (arguments.GetValue(signing.Post))
            {
                var body = name == "sign"
                    ? new JsonObject { ["signature"] = signature }
                    : new JsonObject { ["reason"] = arguments.GetValue(reason), ["signature"] = signature };
                var answer = await client!.PostAsync($"{path}/{(name == "sign" ? "signatures" : name)}", body, cancellationToken);
                await surroundings.Messages.WriteLineAsync($"Recorded; '{paper.Document.Id}' is {answer.GetProperty("status").GetString()}.");
            }

            return ExitCodes.Ok;
        });
        return command;
    }

    private static void Check(AgreementPaper paper, string? id, string country)
    {
        if (id is not null && paper.Document.Id != id)
        {
            throw new CommandException(ExitCodes.Failed, $"These are the terms of '{paper.Document.Id}', not of '{id}'. Nothing was signed.");
        }

        if (paper.StatedDigest is { } stated && stated != paper.Digest)
        {
            throw new CommandException(
                ExitCodes.Failed, $"The platform shows terms with the digest {paper.Digest} and says that they are recorded under {stated}. Nothing was signed.");
        }

        if (!paper.Document.Parties.Contains(country))
        {
            throw new CommandException(ExitCodes.Usage, $"{country} is no party of '{paper.Document.Id}'. Nothing was signed.");
        }
    }
}
