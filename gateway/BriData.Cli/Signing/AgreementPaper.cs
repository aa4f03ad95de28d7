using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using BriData.Cli.Platform;
using BriData.Contracts.Agreements;
using BriData.Entries.Events;
using BriData.Entries.Signatures;

namespace BriData.Cli.Signing;

/// <summary>
/// The terms of an agreement as they are about to be signed, from the platform's answer or a file. A member that this program
/// does not know is an error: nobody signs what cannot be shown to them.
/// </summary>
/// <param name="Document">The terms.</param>
/// <param name="Digest">Their digest, reckoned here.</param>
/// <param name="StatedDigest">The digest that the platform states, or null.</param>
internal sealed record AgreementPaper(AgreementDocument Document, string Digest, string? StatedDigest)
{
    private static readonly string[] State = ["status", "signedBy", "suspendedBy", "version", "receipt", "documentDigest"];

    private static readonly EventJson Strict = new(new JsonSerializerOptions(EventJson.Default.Options)
    {
        AllowDuplicateProperties = false,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
    });

    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The terms for a person.</summary>
    public string Text =>
        $"{JsonNode.Parse(AgreementDigest.Canonical(Document))!.ToJsonString(Indented)}\n\nTerms of '{Document.Id}', SHA-256 of their canonical JSON: {Digest}";

    /// <exception cref="CommandException">It is no agreement, or one that this program cannot show whole.</exception>
    public static AgreementPaper Read(byte[] json)
    {
        try
        {
            var members = JsonNode.Parse(json, documentOptions: new JsonDocumentOptions { AllowDuplicateProperties = false })!.AsObject();
            var stated = members["documentDigest"]?.GetValue<string>();
            foreach (var name in State)
            {
                members.Remove(name);
            }

            var document = JsonSerializer.Deserialize(Encoding.UTF8.GetBytes(members.ToJsonString()), Strict.AgreementDocument)!;
            return new AgreementPaper(document, AgreementDigest.Of(document), stated);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or NullReferenceException or ArgumentException)
        {
            throw new CommandException(ExitCodes.Failed, $"These are no terms that this program can show whole, so it does not sign them: {e.Message}");
        }
    }
}
