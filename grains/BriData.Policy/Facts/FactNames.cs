namespace BriData.Policy.Facts;

/// <summary>The facts that code refers to by name; the full vocabulary is <see cref="FactCatalog.All"/>.</summary>
public static class FactNames
{
    public const string Batches = "batches";
    public const string CoreData = "coreData";
    public const string DataKind = "dataKind";
    public const string EventDate = "eventDate";
    public const string ExporterCountry = "exporterCountry";
    public const string ExporterInFtz = "exporterInFtz";
    public const string Flows = "flows";
    public const string ImportantData = "importantData";
    public const string MechanismsInPlace = "mechanismsInPlace";
    public const string NationalGrade = "nationalGrade";
    public const string PackRole = "packRole";
    public const string PersonalCategory = "personalCategory";
    public const string PersonalSubjects = "personalInfoSubjectsSinceJan1";
    public const string Purpose = "purpose";
    public const string RecipientCountry = "recipientCountry";
    public const string RegulatorStep = "regulatorStep";
    public const string RegulatorStepDate = "regulatorStepDate";
    public const string RegulatorStepExpires = "regulatorStepExpires";
    public const string SecurityAgreementInForce = "securityAgreementInForce";
    public const string SensitiveSubjects = "sensitiveSubjectsSinceJan1";
    public const string StateSecret = "stateSecret";
    public const string Subjects = "subjects";
    public const string SubRegime = "subRegime";
    public const string Tlp = "tlp";
}
