package main

import "disconode/valueflows"

// runPrintShop writes the Print Shop's June: a paid order of 840 dollars, 300 posters
// for the People's Assembly at the card's rate of 0.40, and 3 hours of care.
// 1,250 sheets and 2.5 hours of the press make 1,200 prints; 50 sheets are waste.
//
// What a member earns by paid work (livelihood), or by work that is given
// (love), counts in credits, one for a dollar: the shop's bookkeeper writes it as
// a service that the member delivered into the job, of the specification Credit,
// in unit one and in its stream. How long it took the members note as work, in
// the same stream; care is in hours alone. Credits and hours never add up, for
// their units differ, so contributions by stream show both.
func (j *jackson) runPrintShop() {
	clients := j.organization("Clients of the Print Shop", "All who order and pay.", valueflows.ID{})
	assembly := j.organization("People's Assembly", "Where the neighbourhood decides.", valueflows.ID{})
	credit := j.kind("Credit", "one")
	sheets, prints, waste := j.kind("Sheets of paper", "one"), j.kind("Prints", "one"), j.kind("Waste paper", "one")
	presses, printing := j.kind("Printing press", "one"), j.labour("Design and printing")

	paper := j.record("press/paper", &valueflows.EconomicEvent{Action: "raise", Provider: j.printShop, Receiver: j.printShop,
		ResourceQuantity: measure("3000", "one"), HasPointInTime: j.june(1, 9), Note: "Six reams, counted."},
		&valueflows.EconomicResource{Name: "Paper", ConformsTo: sheets})
	press := j.record("press/press", &valueflows.EconomicEvent{Action: "raise", Provider: j.printShop, Receiver: j.printShop,
		ResourceQuantity: measure("1", "one"), HasPointInTime: j.june(1, 9)},
		&valueflows.EconomicResource{Name: "The press", ConformsTo: presses, UnitOfEffort: valueflows.Hour})
	bin := valueflows.ID{}

	for _, job := range []struct {
		key, name           string
		day                 int
		sheets, hours       string
		prints, waste       string
		receiver            valueflows.ID
		stream              valueflows.Stream
		amara, theo         string // credits
		amaraTime, theoTime string // hours
		note                valueflows.Text
	}{
		{"order", "Programmes, 900", 10, "940", "1.9", "900", "40", clients, valueflows.Livelihood, "500", "340", "9", "6.5", "Their part of 840 dollars."},
		{"posters", "Posters for the assembly, 300", 17, "310", "0.6", "300", "10", assembly, valueflows.Love, "40", "80", "1", "2.5", "By the card: 0.40 a poster."},
	} {
		noon, evening := j.june(job.day, 12), j.june(job.day, 18)
		process := create(j.story, "press/"+job.key, &valueflows.Process{Name: job.name, InScopeOf: j.printShop, HasBeginning: j.june(job.day, 8), HasEnd: evening})
		j.record("press/"+job.key+"/sheets", &valueflows.EconomicEvent{Action: "consume", Provider: j.printShop, Receiver: j.printShop, InputOf: process,
			ResourceInventoriedAs: paper, ResourceQuantity: measure(job.sheets, "one"), HasPointInTime: noon}, nil)
		j.record("press/"+job.key+"/press", &valueflows.EconomicEvent{Action: "use", Provider: j.printShop, Receiver: j.printShop, InputOf: process,
			ResourceInventoriedAs: press, EffortQuantity: measure(job.hours, "hour"), HasPointInTime: noon}, nil)
		for _, member := range []struct{ name, credits, hours string }{{"Amara", job.amara, job.amaraTime}, {"Theo", job.theo, job.theoTime}} {
			j.work("press/"+job.key+"/work", j.printShop, printing, process, []shift{{member.name, evening, member.hours, job.stream, ""}})
			j.record("press/"+job.key+"/credits/"+member.name, &valueflows.EconomicEvent{Action: "deliverService", InputOf: process,
				Provider: j.people[member.name], Receiver: j.printShop, ResourceConformsTo: credit, Stream: job.stream,
				ResourceQuantity: measure(member.credits, "one"), HasPointInTime: evening, Note: job.note}, nil)
		}
		made := j.record("press/"+job.key+"/prints", &valueflows.EconomicEvent{Action: "produce", Provider: j.printShop, Receiver: j.printShop, OutputOf: process,
			ResourceQuantity: measure(job.prints, "one"), HasPointInTime: evening},
			&valueflows.EconomicResource{Name: valueflows.Text(job.name), ConformsTo: prints})
		bin = j.spoil("press/"+job.key+"/waste", process, bin, waste, job.waste, evening)
		j.record("press/"+job.key+"/handed over", &valueflows.EconomicEvent{Action: "transfer", Provider: j.printShop, Receiver: job.receiver,
			ResourceInventoriedAs: made, ResourceQuantity: measure(job.prints, "one"), HasPointInTime: j.june(job.day+1, 10)}, nil)
	}
	j.pay("press/order/paid", clients, valueflows.ID{}, j.printShop, valueflows.ID{}, "840", j.june(12, 10), "Programmes, 900.",
		&valueflows.EconomicResource{Name: "The Print Shop's account", ConformsTo: j.dollar})
	j.work("press/care", j.printShop, j.labour("Running the shop"), valueflows.ID{}, []shift{
		{"Amara", j.june(9, 17), "1", valueflows.Care, "Talked the order through with the client."},
		{"Theo", j.june(24, 17), "2", valueflows.Care, "Did the shop's accounts."},
	})
}

// spoil puts a job's wasted sheets into the bin, whose id it returns; a zero bin
// is made.
func (j *jackson) spoil(key string, process, bin, kind valueflows.ID, sheets string, when *valueflows.Time) valueflows.ID {
	e := &valueflows.EconomicEvent{Action: "produce", Provider: j.printShop, Receiver: j.printShop, OutputOf: process,
		ResourceInventoriedAs: bin, ResourceQuantity: measure(sheets, "one"), HasPointInTime: when}
	if !bin.IsZero() {
		j.record(key, e, nil)
		return bin
	}
	return j.record(key, e, &valueflows.EconomicResource{Name: "Waste paper", ConformsTo: kind})
}
