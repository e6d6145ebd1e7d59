// PartnerSystem
